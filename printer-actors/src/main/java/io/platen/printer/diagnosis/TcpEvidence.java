package io.platen.printer.diagnosis;

/**
 * What the kernel said of the connection at its end.
 *
 * @param state the TCP state's name (RFC 9293, section 3.3.2), as Linux spells it
 * @param unacknowledged bytes handed to the kernel that the peer has not acknowledged
 * @param retransmits segments sent again, in all
 */
public record TcpEvidence(String state, long unacknowledged, int retransmits) {}
