package io.platen.printer.transport;

import java.time.Duration;

/**
 * When the kernel asks a silent peer whether it is still there (RFC 1122, section 4.2.3.6).
 *
 * @param idle silence before the first probe; whole seconds, at least 1
 * @param interval between probes that go unanswered; whole seconds, at least 1
 * @param count unanswered probes after which the connection is dead
 */
public record KeepAlive(Duration idle, Duration interval, int count) {}
