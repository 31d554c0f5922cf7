/** The socket: a Netty channel with every end of it observed, as an Akka Streams sink. */
@NullMarked
package io.platen.printer.transport;

import org.jspecify.annotations.NullMarked;
