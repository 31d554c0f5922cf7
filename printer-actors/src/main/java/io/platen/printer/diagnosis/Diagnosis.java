package io.platen.printer.diagnosis;

import static io.platen.printer.diagnosis.Confidence.CERTAIN;
import static io.platen.printer.diagnosis.Confidence.LIKELY;
import static io.platen.printer.diagnosis.Confidence.UNKNOWN;
import static io.platen.printer.diagnosis.EndedBy.NETWORK;
import static io.platen.printer.diagnosis.EndedBy.PLATEN;
import static io.platen.printer.diagnosis.EndedBy.PRINTER;
import static io.platen.printer.diagnosis.EndedBy.THIS_HOST;

import io.platen.printer.diagnosis.DeliveryResult.Delivered;
import io.platen.printer.diagnosis.DeliveryResult.Failed;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** Judges an attempt by its evidence. Pure: the same evidence always gets the same verdict. */
public final class Diagnosis {
    private Diagnosis() {}

    /** Judges an attempt that has ended. */
    public static DeliveryResult judge(Evidence seen) {
        return switch (seen.end()) {
            case NOT_CONNECTED -> failed(seen, connectCause(seen.error()));
            case NOT_HELD -> failed(seen, Cause.CONNECTION_RESET);
            case PEER_FIN -> judgeOrderlyEnd(seen);
            case RESET -> judgeReset(seen);
            case SILENCE -> refusedOr(seen, Cause.CONNECTION_ABORTED);
            case STALL -> refusedOr(seen, Cause.STALLED);
            case CLOSE_TIMEOUT -> judgeCloseTimeout(seen);
            case NOT_CONFIRMED -> refusedOr(seen, Cause.NOT_CONFIRMED);
            case KEPT_OPEN ->
                seen.isRefused()
                        ? failed(seen, Cause.PRINTER_REJECTED)
                        : delivered(seen, seen.confirmed() ? Rung.PRINTED : Rung.ACKNOWLEDGED, null);
            case DOCUMENT_BROKEN -> failed(seen, Cause.DOCUMENT_UNREADABLE);
            case INTERRUPTED -> failed(seen, Cause.INTERRUPTED);
            case RETIRED -> failed(seen, isPrintAwaited(seen) ? Cause.NOT_CONFIRMED : Cause.INTERRUPTED);
        };
    }

    private static DeliveryResult judgeOrderlyEnd(Evidence seen) {
        if (seen.isRefused() || (seen.isBrokenOffInWords() && !seen.bytes().allAcknowledged())) {
            return failed(seen, Cause.PRINTER_REJECTED);
        }
        // An error after the FIN is the RST to bytes that came after the printer's close.
        if (seen.error() != null || !seen.bytes().allAcknowledged()) {
            return failed(seen, Cause.CLOSED_EARLY);
        }
        if (seen.confirmed()) {
            return delivered(seen, Rung.PRINTED, null);
        }
        return seen.confirm() == Rung.PRINTED ? failed(seen, Cause.NOT_CONFIRMED) : delivered(seen, Rung.CLOSED, null);
    }

    private static DeliveryResult judgeCloseTimeout(Evidence seen) {
        if (seen.isRefused()) {
            return failed(seen, Cause.PRINTER_REJECTED);
        }
        boolean isItsManner = seen.manners().neverCloses() && !ownFinIsLost(seen);
        return deliveredInItsManner(seen, Cause.CLOSE_TIMEOUT, isItsManner);
    }

    /**
     * The printer has taken every byte and did not close in order.
     *
     * @param isItsManner whether the printer always ends its connections like this. Then it cannot reach {@code confirm:
     *     closed}, and acknowledged counts as delivered
     */
    private static DeliveryResult deliveredInItsManner(Evidence seen, Cause cause, boolean isItsManner) {
        var failure = explain(seen, cause);
        Rung rung = reached(seen);
        Rung wanted = isItsManner && seen.confirm() == Rung.CLOSED ? Rung.ACKNOWLEDGED : seen.confirm();
        return rung != null && rung.reaches(wanted) ? delivered(seen, rung, failure) : new Failed(rung, failure);
    }

    private static Cause connectCause(@Nullable Throwable error) {
        for (Throwable t = error; t != null; t = t.getCause()) {
            if (t instanceof UnknownHostException) {
                return Cause.UNKNOWN_HOST;
            }
        }
        Errno errno = Errno.of(error);
        if (errno == null) {
            return Cause.CONNECT_TIMEOUT;
        }
        return switch (errno) {
            case ECONNREFUSED, ECONNRESET, ECONNABORTED, EPIPE -> Cause.CONNECTION_REFUSED;
            case EHOSTUNREACH, ENETUNREACH, ENETDOWN, EACCES -> Cause.HOST_UNREACHABLE;
            case ETIMEDOUT -> Cause.CONNECT_TIMEOUT;
            case EADDRNOTAVAIL, EMFILE -> Cause.NO_LOCAL_PORT;
        };
    }

    private static DeliveryResult judgeReset(Evidence seen) {
        Errno errno = Errno.of(seen.error());
        if (errno != null && errno.isLossOfPath()) {
            // The kernel gave up. When every byte is acknowledged, only the answer or the FIN can be missing.
            if (isPrintAwaited(seen)) {
                return refusedOr(seen, Cause.NOT_CONFIRMED);
            }
            return isAllTaken(seen.bytes()) ? judgeCloseTimeout(seen) : refusedOr(seen, Cause.CONNECTION_ABORTED);
        }
        if (seen.isRefused()) {
            return failed(seen, Cause.PRINTER_REJECTED);
        }
        if (isAllTaken(seen.bytes())) {
            return seen.manners().alwaysResets()
                    ? deliveredInItsManner(seen, Cause.RESET_AFTER_SEND, true)
                    : failed(seen, Cause.RESET_AFTER_SEND);
        }
        return failed(seen, seen.isBrokenOffInWords() ? Cause.PRINTER_REJECTED : Cause.CONNECTION_RESET);
    }

    /** A refusal counts as the cause, whatever ended the connection after it. */
    private static DeliveryResult refusedOr(Evidence seen, Cause cause) {
        return failed(seen, seen.isRefused() ? Cause.PRINTER_REJECTED : cause);
    }

    /** Whether the printer has taken every byte and only its report of the printed labels is missing. */
    private static boolean isPrintAwaited(Evidence seen) {
        return seen.confirm() == Rung.PRINTED && !seen.confirmed() && isAllTaken(seen.bytes());
    }

    private static boolean isAllTaken(ByteCounts bytes) {
        return bytes.written() >= bytes.total() && bytes.allAcknowledged();
    }

    /** Whether even our FIN is unanswered: then the network or the printer's TCP is gone, not only its application slow. */
    private static boolean ownFinIsLost(Evidence seen) {
        return seen.tcp() != null && seen.tcp().state().equals("FIN_WAIT_1");
    }

    private static Delivered delivered(Evidence seen, Rung rung, @Nullable DeliveryFailure warning) {
        return new Delivered(rung, seen.bytes(), seen.lastWords(), warning, seen.transcript());
    }

    private static Failed failed(Evidence seen, Cause cause) {
        return new Failed(reached(seen), explain(seen, cause));
    }

    private static @Nullable Rung reached(Evidence seen) {
        ByteCounts bytes = seen.bytes();
        if (bytes.written() < bytes.total() || bytes.total() == 0) {
            return null;
        }
        if (seen.confirmed()) {
            return Rung.PRINTED;
        }
        return bytes.acknowledged() != null && bytes.allAcknowledged() ? Rung.ACKNOWLEDGED : Rung.WRITTEN;
    }

    private static DeliveryFailure explain(Evidence seen, Cause cause) {
        return new DeliveryFailure(
                cause,
                endedBy(cause, seen),
                confidence(cause, seen),
                errno(cause, seen),
                message(cause, seen),
                seen.bytes(),
                seen.lastWords(),
                seen.tcp(),
                seen.at(),
                seen.transcript(),
                (seen.refused() || cause == Cause.PRINTER_REJECTED) ? (Boolean) seen.refused() : null,
                seen.preceded() ? (Boolean) true : null);
    }

    private static @Nullable Errno errno(Cause cause, Evidence seen) {
        Errno errno = Errno.of(seen.error());
        return switch (cause) {
            case CONNECTION_REFUSED, HOST_UNREACHABLE, NO_LOCAL_PORT, DOCUMENT_UNREADABLE -> errno;
            case CONNECTION_RESET, RESET_AFTER_SEND -> errno == null ? Errno.ECONNRESET : errno;
            case CONNECTION_ABORTED, CONNECT_TIMEOUT -> errno == null ? Errno.ETIMEDOUT : errno;
            case UNKNOWN_HOST, CLOSED_EARLY, PRINTER_REJECTED, STALLED, CLOSE_TIMEOUT, NOT_CONFIRMED, INTERRUPTED ->
                null;
        };
    }

    private static EndedBy endedBy(Cause cause, Evidence seen) {
        return switch (cause) {
            case CLOSE_TIMEOUT -> ownFinIsLost(seen) ? NETWORK : PRINTER;
            case CONNECTION_REFUSED,
                    CONNECTION_RESET,
                    CLOSED_EARLY,
                    PRINTER_REJECTED,
                    RESET_AFTER_SEND,
                    NOT_CONFIRMED -> PRINTER;
            case HOST_UNREACHABLE, CONNECT_TIMEOUT, CONNECTION_ABORTED -> NETWORK;
            case UNKNOWN_HOST, NO_LOCAL_PORT, DOCUMENT_UNREADABLE -> THIS_HOST;
            case STALLED, INTERRUPTED -> PLATEN;
        };
    }

    private static Confidence confidence(Cause cause, Evidence seen) {
        return switch (cause) {
            case UNKNOWN_HOST, NO_LOCAL_PORT, DOCUMENT_UNREADABLE, INTERRUPTED, STALLED, CLOSED_EARLY -> CERTAIN;
            case CONNECTION_REFUSED, CONNECTION_RESET, RESET_AFTER_SEND, CONNECTION_ABORTED -> LIKELY;
            case HOST_UNREACHABLE, CLOSE_TIMEOUT, NOT_CONFIRMED -> LIKELY;
            // On a connection that stays open, words may be late ones about the job before.
            case PRINTER_REJECTED -> seen.isRefused() && seen.end() != Evidence.End.KEPT_OPEN ? CERTAIN : LIKELY;
            case CONNECT_TIMEOUT -> UNKNOWN;
        };
    }

    private static String message(Cause cause, Evidence seen) {
        ByteCounts bytes = seen.bytes();
        String taken = bytes.acknowledged() == null
                ? "%,d of %,d bytes written".formatted(bytes.written(), bytes.total())
                : "%,d of %,d bytes acknowledged".formatted(bytes.acknowledged(), bytes.total());
        return switch (cause) {
            case UNKNOWN_HOST -> "The printer's host name does not resolve to an address.";
            case CONNECTION_REFUSED ->
                "The printer refused the connection: nothing listens on its port, or it is busy with another sender.";
            case HOST_UNREACHABLE -> "No route leads to the printer's address.";
            case CONNECT_TIMEOUT ->
                "The printer did not answer the connection request in time: it is off, or something drops the packets.";
            case NO_LOCAL_PORT -> "This host has no free port or file descriptor for another connection.";
            case CONNECTION_RESET ->
                seen.end() == Evidence.End.NOT_HELD
                        ? "The printer reset a fresh connection before anything was sent over it."
                        : "The printer reset the connection while data was under way (" + taken + ").";
            case CONNECTION_ABORTED ->
                "The printer stopped answering: retransmissions or probes went unanswered (" + taken + ").";
            case CLOSED_EARLY -> "The printer closed the connection before it had taken the whole job (" + taken + ").";
            case PRINTER_REJECTED ->
                seen.isRefused()
                        ? "The printer refused the data (" + taken + ")."
                        : "The printer said something that its language does not know, and ended the job (" + taken
                                + ").";
            case STALLED ->
                "The printer is alive but has taken no data for longer than its patience allows (" + taken + ").";
            case CLOSE_TIMEOUT ->
                ownFinIsLost(seen)
                        ? "The printer took every byte, but this side's FIN went unanswered: the printer or the network"
                                + " between is gone."
                        : "The printer took every byte and this side's FIN, but did not close its own end of the"
                                + " connection in time.";
            case RESET_AFTER_SEND ->
                "The printer's network stack took every byte, but the connection was reset before it was closed in"
                        + " order; the printer may have thrown the job away.";
            case NOT_CONFIRMED -> notConfirmed(seen);
            case DOCUMENT_UNREADABLE -> "The stored document cannot be read, or its checksum differs (" + taken + ").";
            case INTERRUPTED ->
                seen.end() == Evidence.End.RETIRED
                        ? "The printer's settings were changed while it took no data (" + taken + ")."
                        : "Platen was stopped while the job was being sent.";
        };
    }

    private static String notConfirmed(Evidence seen) {
        String taken = "The printer took every byte ";
        if (seen.end() == Evidence.End.RETIRED) {
            return taken + "but had not reported the labels as printed when its settings were changed.";
        }
        if (Errno.of(seen.error()) != null) {
            return taken + "and stopped answering before it reported the labels as printed.";
        }
        return taken
                + (seen.unanswered()
                        ? "and has never answered a status query, so it cannot report labels as printed."
                        : "but did not report the labels as printed in time.");
    }
}
