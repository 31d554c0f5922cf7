package io.platen.printer.transport;

import java.time.Duration;

/**
 * What is set on a printer's socket.
 *
 * @param connectTimeout how long to wait for an answer to the SYN
 * @param sendBufferBytes SO_SNDBUF; bounds how much can be "written" but unread (the kernel doubles
 *     it for its bookkeeping, socket(7))
 */
public record SocketSettings(Duration connectTimeout, int sendBufferBytes) {}
