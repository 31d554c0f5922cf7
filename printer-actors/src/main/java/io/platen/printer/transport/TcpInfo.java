package io.platen.printer.transport;

import java.util.OptionalLong;

/**
 * The kernel's own account of a connection at one moment.
 *
 * @param state TCP state name (RFC 9293, section 3.3.2), as Linux spells it
 * @param timer which timer is running
 * @param retransmitsPending unanswered retransmissions of the oldest segment
 * @param probesPending unanswered zero-window or keepalive probes
 * @param sinceLastAckMillis milliseconds since the peer's last ACK; empty where the kernel does not tell
 * @param retransmitsTotal segments sent again over the connection's life; empty where the kernel does not tell
 * @param bytesAcknowledged bytes the peer has acknowledged, counted from any fixed origin
 * @param bytesUnsent bytes in the kernel that were never sent; empty where the kernel does not tell
 * @param peerWindow bytes the peer says that it can take; empty where the kernel does not tell
 * @param error the socket's pending error (SO_ERROR), 0 for none. After a half-close Linux may answer a
 *     read with end of stream although an RST has come; then only this error tells of it. Reading it clears it.
 */
public record TcpInfo(
        String state,
        Timer timer,
        int retransmitsPending,
        int probesPending,
        OptionalLong sinceLastAckMillis,
        OptionalLong retransmitsTotal,
        long bytesAcknowledged,
        OptionalLong bytesUnsent,
        OptionalLong peerWindow,
        int error) {

    /** A connection's running timer. */
    public enum Timer {
        NONE,
        /** Sent data waits for its ACK (RFC 6298). */
        RETRANSMISSION,
        /** The peer's window is closed, and is probed (RFC 9293, section 3.8.6.1). */
        PERSIST,
        /** An idle peer is probed. */
        KEEPALIVE,
        TIME_WAIT
    }

    /** This sample as it would be after an RST: closed, no timer, nothing under way (RFC 9293, section 3.10.7.4). */
    public TcpInfo afterReset() {
        return new TcpInfo(
                "CLOSE",
                Timer.NONE,
                0,
                0,
                sinceLastAckMillis,
                retransmitsTotal,
                bytesAcknowledged,
                bytesUnsent,
                peerWindow,
                0);
    }

    /** Whether the connection has ended, in whichever way. */
    public boolean isClosed() {
        return state.equals("CLOSE");
    }

    /** Whether the peer owes an ACK, or has closed its window while bytes wait. */
    public boolean isOwed() {
        return timer == Timer.RETRANSMISSION || timer == Timer.PERSIST;
    }

    /** Whether both directions are closed in order, and nothing is left to send. */
    public boolean isOver() {
        return state.equals("TIME_WAIT") || isClosed();
    }

    /** Whether both directions are open. */
    public boolean isEstablished() {
        return state.equals("ESTABLISHED");
    }
}
