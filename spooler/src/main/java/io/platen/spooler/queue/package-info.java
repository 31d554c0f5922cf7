/**
 * The actors: one entity for each printer, which holds the printer's durable queue and its connection. The
 * {@link io.platen.spooler.queue.PrinterDirectory} starts them and passes requests on.
 */
@NullMarked
package io.platen.spooler.queue;

import org.jspecify.annotations.NullMarked;
