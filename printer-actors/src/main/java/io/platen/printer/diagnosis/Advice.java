package io.platen.printer.diagnosis;

/** Says what to do about a failure, as far as the evidence points to it. */
public final class Advice {
    /** Every IPv4 host can receive packets of this size (RFC 791, section 3.1), so no path drops them for their size. */
    private static final int SMALL_PACKET = 576;

    private Advice() {}

    /** One or two sentences for the operator. */
    public static String of(DeliveryFailure failure) {
        return switch (failure.cause()) {
            case UNKNOWN_HOST -> "Check the name in the printer's uri, and this host's name service.";
            case CONNECTION_REFUSED ->
                "The printer's machine is up. Check the port in its uri, and whether another program holds its one"
                        + " connection.";
            case HOST_UNREACHABLE ->
                "Check the address in the printer's uri, this host's routes, and the switch or access point between.";
            case CONNECT_TIMEOUT ->
                "Check that the printer is on and has this address; then whether a firewall between drops the packets.";
            case NO_LOCAL_PORT ->
                "Set the printer to keep-open, or widen this host's port range and file limit: ./platen doctor says how.";
            case CONNECTION_RESET, RESET_AFTER_SEND -> reset(failure);
            case CONNECTION_ABORTED ->
                isAboveThePathMtu(failure)
                        ? "Nothing of the data came through, although the connection stood. When small jobs pass, large"
                                + " packets are dropped on the way: check the path MTU (ping with 'do not fragment' and"
                                + " 1472 bytes), and let ICMP 'fragmentation needed' through the firewalls between."
                        : "Check cable, switch port, Wi-Fi and power of the printer: nothing came back from it"
                                + (isRetransmitting(failure) ? ", although data was sent again and again." : ".");
            case CLOSED_EARLY ->
                "Look at the printer's own limits: its idle and job timeouts, and what it says on its display.";
            case PRINTER_REJECTED ->
                "Read the printer's last words, and mend the label's format or the printer's settings before it is"
                        + " resubmitted.";
            case STALLED ->
                "Look at the printer: paper, ribbon, head, pause. Its timeouts.patience says how long it may take.";
            case CLOSE_TIMEOUT ->
                failure.endedBy() == EndedBy.NETWORK
                        ? "Check whether the printer is still up, and the network between."
                        : "Harmless when the label came out: this printer does not close connections. keep-open suits it.";
            case NOT_CONFIRMED ->
                "Look whether the labels came out, and at the printer's display. A printer that never answers status"
                        + " queries needs 'confirm' set to 'acknowledged' or 'closed'.";
            case DOCUMENT_UNREADABLE -> "Check this host's disk and memory; then submit the label again.";
            case INTERRUPTED -> "Nothing to do if Platen was stopped on purpose; otherwise its log says why it ended.";
        };
    }

    private static String reset(DeliveryFailure failure) {
        String printed = failure.cause() == Cause.RESET_AFTER_SEND ? "Look whether the label came out. " : "";
        TcpEvidence tcp = failure.tcp();
        if (tcp == null || tcp.retransmits() == null) {
            return printed
                    + "Look whether the printer restarted, and at its firmware; a firewall between can reset, too.";
        }
        return printed
                + (isRetransmitting(failure)
                        ? "Packets were lost before the reset: check the network and any firewall between first."
                        : "No packet was lost before the reset, so it is the printer's own, or a firewall's in its name:"
                                + " look whether the printer restarted, and at its firmware.");
    }

    /** Whether packets above the smallest size were sent again and again and not one byte arrived. */
    private static boolean isAboveThePathMtu(DeliveryFailure failure) {
        Long acknowledged = failure.bytes().acknowledged();
        return acknowledged != null
                && acknowledged == 0
                && failure.bytes().written() > SMALL_PACKET
                && isRetransmitting(failure);
    }

    private static boolean isRetransmitting(DeliveryFailure failure) {
        TcpEvidence tcp = failure.tcp();
        Long retransmits = tcp == null ? null : tcp.retransmits();
        return retransmits != null && retransmits > 0;
    }
}
