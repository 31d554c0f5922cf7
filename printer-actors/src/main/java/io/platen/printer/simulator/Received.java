package io.platen.printer.simulator;

/**
 * What one connection brought.
 *
 * @param connection counted from 1
 * @param size bytes read by the printer, not just by its kernel
 * @param sha256 of these bytes, in hex
 * @param labels complete ones
 * @param complete whether the sender ended it in order and the printer read all of it
 */
public record Received(int connection, long size, String sha256, long labels, boolean complete) {}
