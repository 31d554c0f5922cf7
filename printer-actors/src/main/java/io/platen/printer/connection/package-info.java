/**
 * One printer's connection, from the SYN to the close, and the delivery of one document at a time over it.
 *
 * <p>{@link io.platen.printer.connection.PrinterConnection} is the supervised actor that owns the socket. Each {@link
 * io.platen.printer.connection.ConnectionPhase} has a class that answers events with {@link
 * io.platen.printer.connection.Transition}s, which the actor alone acts on.
 */
@NullMarked
package io.platen.printer.connection;

import org.jspecify.annotations.NullMarked;
