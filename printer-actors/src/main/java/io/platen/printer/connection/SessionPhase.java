package io.platen.printer.connection;

import static java.util.Map.entry;

import java.util.Map;

/** Where a {@link DeliverySession} is, and where it can go from there. */
enum SessionPhase {
    /** A printer that has never answered is asked for its status, to know whether it can confirm anything. */
    ASKING,
    /** The kernel is asked how the connection stands before the first byte. */
    STARTING,
    SENDING,
    /** The printer is asked whether the labels are printed; both directions of the connection are open. */
    CONFIRMING,
    /** Every byte is with the kernel; the printer's acknowledgement and its FIN are awaited. */
    CLOSING,
    /** A write has failed; the printer's last words are awaited. */
    DRAINING,
    /** The job was canceled and our FIN sent; the printer's FIN is awaited while it still reads. */
    CANCELING,
    /** We are closing the connection. */
    ENDING,
    /** The session is over. */
    ENDED;

    private static final String GIVEN_UP = "the connection breaks, or the printer is silent or stalls for too long";
    private static final String WRITE_FAILED = "a write fails, or the kernel holds the error of an RST";
    private static final String CANCELED = "canceled";

    /** Where each phase can go, and when. */
    Map<SessionPhase, String> next() {
        return switch (this) {
            case ASKING ->
                Map.ofEntries(
                        entry(STARTING, "the printer answers, or 2 s are over"),
                        entry(DRAINING, WRITE_FAILED),
                        entry(ENDING, GIVEN_UP + ", or " + CANCELED));
            case STARTING ->
                Map.ofEntries(
                        entry(SENDING, "the kernel has answered"),
                        entry(DRAINING, WRITE_FAILED),
                        entry(ENDING, GIVEN_UP + ", or " + CANCELED));
            case SENDING ->
                Map.ofEntries(
                        entry(CONFIRMING, "every byte is with the kernel, and labels are to be confirmed"),
                        entry(CLOSING, "every byte is with the kernel"),
                        entry(DRAINING, WRITE_FAILED),
                        entry(CANCELING, CANCELED),
                        entry(ENDING, GIVEN_UP));
            case CONFIRMING ->
                Map.ofEntries(
                        entry(CLOSING, "the printer says that nothing is left to print"),
                        entry(DRAINING, WRITE_FAILED),
                        entry(CANCELING, CANCELED),
                        entry(ENDING, GIVEN_UP + ", or nothing is confirmed in time"));
            case CLOSING ->
                Map.ofEntries(
                        entry(ENDED, "every byte is acknowledged, and the connection stays open"),
                        entry(DRAINING, WRITE_FAILED),
                        entry(CANCELING, CANCELED),
                        entry(
                                ENDING,
                                "every byte is acknowledged and the printer's FIN has come, or the close timeout is over"));
            case DRAINING -> Map.of(ENDING, "the printer's FIN, or nothing more for 1 s");
            case CANCELING -> Map.of(ENDING, "the printer's FIN or RST, or 2 s");
            case ENDING -> Map.of(ENDED, "the socket is closed");
            case ENDED -> Map.of();
        };
    }
}
