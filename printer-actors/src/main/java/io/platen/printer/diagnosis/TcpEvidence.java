package io.platen.printer.diagnosis;

import org.jspecify.annotations.Nullable;

/**
 * What the kernel said of the connection at its end; null for what it did not say.
 *
 * @param state the TCP state's name (RFC 9293, section 3.3.2), as Linux spells it; {@code UNKNOWN} where the
 *     kernel cannot be asked
 * @param unacknowledged bytes handed to the kernel that the peer has not acknowledged
 * @param retransmits segments sent again, in all
 * @param timer the running timer: {@code retransmission}, {@code persist}, {@code keepalive}, {@code none}
 * @param unsent how many of the unacknowledged bytes were never sent
 * @param unansweredProbes zero-window or keepalive probes without an answer
 * @param peerWindow bytes that the peer last said it could take
 */
public record TcpEvidence(
        String state,
        @Nullable Long unacknowledged,
        @Nullable Long retransmits,
        @Nullable String timer,
        @Nullable Long unsent,
        @Nullable Integer unansweredProbes,
        @Nullable Long peerWindow) {

    /** Where the kernel cannot be asked. */
    public static TcpEvidence unknown() {
        return new TcpEvidence("UNKNOWN", null, null, null, null, null, null);
    }
}
