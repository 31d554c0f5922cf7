package io.platen.bench.subject;

import java.nio.file.Path;
import java.util.List;

/**
 * What a system is set up for.
 *
 * @param directory an empty directory for its data
 * @param ports the printers' ports on the loopback, one printer for each
 * @param paused whether jobs wait instead of being printed
 */
public record Setup(Path directory, List<Integer> ports, boolean paused) {}
