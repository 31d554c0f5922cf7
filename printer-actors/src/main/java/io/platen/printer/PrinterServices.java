package io.platen.printer;

import io.platen.printer.transport.PrinterTransport;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/**
 * What all connections of a process share.
 *
 * @param blocking resolves names, which blocks
 */
public record PrinterServices(PrinterTransport transport, Executor blocking, InstantSource clock) {}
