/**
 * One printer's line: the socket's whole life and the delivery of one document at a time.
 *
 * <p>{@link io.platen.printer.connection.PrinterConnection} is the supervised actor that owns the line. It
 * queues nothing and stores nothing; whoever gives it a document is told how the delivery ended,
 * with the evidence.
 */
@NullMarked
package io.platen.printer;

import org.jspecify.annotations.NullMarked;
