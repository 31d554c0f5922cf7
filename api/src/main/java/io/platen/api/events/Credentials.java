package io.platen.api.events;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * What a client has shown, for answers that go on for hours.
 *
 * @param hold whether it still counts; never fails
 * @param askEvery not more often
 */
public record Credentials(Supplier<CompletionStage<Boolean>> hold, Duration askEvery) {}
