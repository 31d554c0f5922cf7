/**
 * The values of a printer's connection: its settings, its status, and what is to be delivered.
 *
 * <p>{@link io.platen.printer.connection.PrinterConnection} is the supervised actor that owns the connection. It queues
 * nothing and stores nothing. It tells its owner how each delivery ended, with the evidence.
 */
@NullMarked
package io.platen.printer;

import org.jspecify.annotations.NullMarked;
