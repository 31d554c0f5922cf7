package io.platen.printer;

import io.platen.printer.transport.PrinterTransport;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/**
 * What all connections of a process share.
 *
 * @param blocking resolves names, which blocks
 * @param localPorts how many connections to one address this host can have
 */
public record PrinterServices(PrinterTransport transport, Executor blocking, InstantSource clock, int localPorts) {}
