/** The TCP connection to a printer: a Netty channel that reports each event, with an Akka Streams sink to write to it. */
@NullMarked
package io.platen.printer.transport;

import org.jspecify.annotations.NullMarked;
