package io.platen.printer.simulator;

/**
 * What a simulated printer received on one connection.
 *
 * @param connection counted from 1
 * @param size how many bytes the printer read, not just its kernel
 * @param sha256 the digest of these bytes, in hex
 * @param labels how many complete labels it read
 * @param complete whether the sender ended the connection in order and the printer read all of it
 */
public record Received(int connection, long size, String sha256, long labels, boolean complete) {}
