package io.platen.printer.connection;

import io.platen.printer.ConnectionSettings;
import io.platen.printer.diagnosis.Errno;
import io.platen.printer.diagnosis.Manners;
import io.platen.printer.diagnosis.Transcript;
import io.platen.printer.diagnosis.TranscriptEntry;
import io.platen.printer.diagnosis.TranscriptEntry.Side;
import io.platen.printer.transport.PrinterNames;
import io.platen.printer.transport.SocketSettings;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes the transcript of an attempt: turns what happened into entries with events and notes. */
final class AttemptTranscript {
    private final Transcript transcript;

    /** The transcript's time starts now. {@code nanos} is the clock of {@link System#nanoTime}. */
    AttemptTranscript(LongSupplier nanos) {
        this.transcript = new Transcript(nanos);
    }

    List<TranscriptEntry> entries() {
        return transcript.entries();
    }

    void note(Side side, String event, @Nullable String note) {
        transcript.note(side, event, note);
    }

    void bytes(Side side, String event, long bytes, @Nullable String note) {
        transcript.bytes(side, event, bytes, note);
    }

    void resolved(PrinterNames.Found found, ConnectionSettings settings) {
        String addresses = found.addresses().stream()
                .map(address -> SocketText.of(
                        new InetSocketAddress(address, settings.address().port())))
                .collect(Collectors.joining(", "));
        note(
                Side.US,
                "resolved",
                found.lastGoodAt() == null
                        ? addresses
                        : addresses + ", as of " + found.lastGoodAt() + ": the name server does not answer");
        note(Side.US, "options", settings.socket().text());
    }

    void trying(InetSocketAddress address, SocketSettings socket) {
        note(
                Side.US,
                "syn",
                SocketText.of(address) + ", waiting " + socket.connectTimeout().toMillis() + " ms at most");
    }

    void connectFailed(Throwable cause) {
        Errno errno = Errno.of(cause);
        boolean isRefusal = errno == Errno.ECONNREFUSED;
        note(isRefusal ? Side.PRINTER : Side.NETWORK, isRefusal ? "rst" : "failed", text(errno, cause));
    }

    void connected(OpenLine line) {
        note(Side.PRINTER, "connected", SocketText.of(line.local()) + " to " + SocketText.of(line.remote()));
    }

    void reused(OpenLine line) {
        note(
                Side.US,
                "reused",
                "open connection " + SocketText.of(line.local()) + " to " + SocketText.of(line.remote()));
    }

    void learned(Manners manners, Duration closePatience) {
        if (manners.isSlowToClose()) {
            note(
                    Side.US,
                    "learned",
                    "the printer did not close " + manners.closesMissed() + " times in a row, waiting "
                            + closePatience.toMillis() + " ms for it");
        }
        if (manners.alwaysResets()) {
            note(
                    Side.US,
                    "learned",
                    "the printer resets its connections after each job, " + manners.resets() + " times in a row");
        }
    }

    void broken(Throwable cause) {
        Errno errno = Errno.of(cause);
        boolean isByPeer = errno == null || !errno.isLossOfPath();
        note(isByPeer ? Side.PRINTER : Side.NETWORK, isByPeer ? "rst" : "timeout", text(errno, cause));
    }

    void stalled(Liveness.Stall stall, long acknowledged, long unacknowledged) {
        String counts = "%,d acknowledged, %,d not".formatted(acknowledged, unacknowledged);
        switch (stall) {
            case NONE -> note(Side.PRINTER, "stall", "over: " + counts);
            case ZERO_WINDOW -> note(Side.PRINTER, "stall", "zero window, probes answered: " + counts);
            case RETRANSMITTING -> note(Side.NETWORK, "stall", "retransmitting, no answer: " + counts);
            case PROBES_UNANSWERED -> note(Side.NETWORK, "stall", "zero window, probes not answered: " + counts);
        }
    }

    private static String text(@Nullable Errno errno, Throwable cause) {
        return errno == null ? String.valueOf(cause.getMessage()) : errno.keyword();
    }
}
