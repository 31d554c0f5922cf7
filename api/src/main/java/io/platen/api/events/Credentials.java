package io.platen.api.events;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Checks again whether a client's credentials hold, because a stream of events can last for hours.
 *
 * @param hold whether the credentials still hold; never fails
 * @param askEvery the shortest time between two checks
 */
public record Credentials(Supplier<CompletionStage<Boolean>> hold, Duration askEvery) {}
