package io.platen.printer;

import io.platen.printer.transport.PrinterNames;
import io.platen.printer.transport.PrinterTransport;
import java.time.InstantSource;

/**
 * The services that all connections of a process share.
 *
 * @param localPorts how many connections to one address this host can have
 */
public record PrinterServices(PrinterTransport transport, PrinterNames names, InstantSource clock, int localPorts) {}
