package io.platen.api.cli;

import io.platen.printer.simulator.ConversationEnd;
import io.platen.printer.simulator.ConversationEnd.Kind;
import io.platen.printer.simulator.RandomConduct;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a simulated printer ends a connection: at most one of these options. */
final class SimulatedEnding {
    @Option(names = "--reset-at-accept", description = "send an RST as soon as a connection is made")
    private boolean resetAtAccept;

    @Option(names = "--reset-after", paramLabel = "BYTES", description = "send an RST after this many bytes")
    private @Nullable Long resetAfterBytes;

    @Option(
            names = "--reset-after-job",
            paramLabel = "DURATION",
            arity = "0..1",
            fallbackValue = "0ms",
            converter = DurationText.class,
            description = "read everything, then send an RST instead of a FIN, this long after the sender's FIN")
    private @Nullable Duration resetAfterJob;

    @Option(
            names = "--reset-after-label",
            paramLabel = "DURATION",
            converter = DurationText.class,
            description = "send an RST this long after the last label, also on a kept-open connection")
    private @Nullable Duration resetAfterLabel;

    @Option(
            names = "--reject-after",
            paramLabel = "BYTES",
            description = "answer with an error after this many bytes and close with data unread")
    private @Nullable Long rejectAfterBytes;

    @Option(names = "--close-after", paramLabel = "BYTES", description = "close early, after this many bytes")
    private @Nullable Long closeAfterBytes;

    @Option(
            names = "--close-after-label",
            paramLabel = "DURATION",
            converter = DurationText.class,
            description = "close this long after the last label, also on a kept-open connection")
    private @Nullable Duration closeAfterLabel;

    @Option(
            names = "--close-when-printed",
            description = "close when the sender has closed and all labels have come out")
    private boolean closeWhenPrinted;

    @Option(names = "--half-close-first", description = "send its FIN at accept, and read on")
    private boolean halfCloseFirst;

    @Option(names = "--never-read", description = "accept and never read")
    private boolean neverRead;

    @Option(names = "--never-close", description = "read everything and never close")
    private boolean neverClose;

    /** The ending that an option asks for, or the usual one. */
    ConversationEnd or(ConversationEnd usual, @Nullable String reply) {
        if (resetAfterBytes != null) {
            return ConversationEnd.afterBytes(Kind.RESET_AFTER_BYTES, resetAfterBytes);
        }
        if (resetAfterJob != null) {
            return ConversationEnd.after(Kind.RESET_AFTER_JOB, resetAfterJob);
        }
        if (resetAfterLabel != null) {
            return ConversationEnd.after(Kind.RESET_AFTER_LABEL, resetAfterLabel);
        }
        if (rejectAfterBytes != null) {
            return ConversationEnd.rejecting(rejectAfterBytes, reply == null ? RandomConduct.REFUSAL : reply);
        }
        if (closeAfterBytes != null) {
            return ConversationEnd.afterBytes(Kind.CLOSE_AFTER_BYTES, closeAfterBytes);
        }
        if (closeAfterLabel != null) {
            return ConversationEnd.after(Kind.CLOSE_AFTER_LABEL, closeAfterLabel);
        }
        if (resetAtAccept) {
            return ConversationEnd.of(Kind.RESET_AT_ACCEPT);
        }
        if (closeWhenPrinted) {
            return ConversationEnd.of(Kind.FIN_WHEN_PRINTED);
        }
        if (halfCloseFirst) {
            return ConversationEnd.of(Kind.FIN_FIRST);
        }
        if (neverRead) {
            return ConversationEnd.of(Kind.NEVER_READS);
        }
        return neverClose ? ConversationEnd.of(Kind.NEVER_CLOSES) : usual;
    }
}
