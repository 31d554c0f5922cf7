package io.platen.printer;

import io.platen.printer.diagnosis.ByteCounts;
import io.platen.printer.diagnosis.Errno;
import io.platen.printer.diagnosis.Evidence;
import io.platen.printer.diagnosis.Evidence.End;
import io.platen.printer.diagnosis.Keywords;
import io.platen.printer.diagnosis.Manners;
import io.platen.printer.diagnosis.ReplyRecorder;
import io.platen.printer.diagnosis.TcpEvidence;
import io.platen.printer.diagnosis.Transcript;
import io.platen.printer.diagnosis.TranscriptEntry.Side;
import io.platen.printer.language.Frame.Kind;
import io.platen.printer.transport.Line;
import io.platen.printer.transport.PrinterNames;
import io.platen.printer.transport.SocketSettings;
import io.platen.printer.transport.TcpInfo;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is known of the attempt under way: counted, timed and noted while it happens. */
final class Attempt {
    /** Words of whose job nothing is known yet are kept up to this many bytes. */
    private static final int MOST_UNDECIDED = 16 * 1024;

    /** How soon after unknown words a printer must end the connection for them to be the reason. */
    private static final Duration RIGHT_BEFORE = Duration.ofSeconds(2);

    private final long totalBytes;
    private final Transcript transcript = new Transcript(System::nanoTime);
    private final ReplyRecorder replies = new ReplyRecorder();
    private long writtenBefore;
    private final boolean isReused;

    private final LineWatch watch = new LineWatch();
    private Words undecided = Words.NONE;
    private long undecidedSinceNanos;
    private int preambleBytes;
    private boolean preceded;
    private boolean refused;
    private @Nullable Long unknownWordsAtNanos;
    private @Nullable TcpInfo first;
    private @Nullable TcpInfo last;
    private boolean begun;
    private long acknowledged;
    private boolean peerFinished;
    private long brokenAtNanos;
    private boolean allWritten;
    private boolean confirmed;
    private boolean progressNoted;
    private boolean untried = true;
    private boolean unanswered;
    private Manners manners = Manners.UNKNOWN;
    private @Nullable Line line;

    Attempt(long totalBytes, long writtenBefore) {
        this.totalBytes = totalBytes;
        this.writtenBefore = writtenBefore;
        this.isReused = writtenBefore > 0;
    }

    // Noted as it happens ------------------------------------------------------------------------

    void resolved(PrinterNames.Found found, ConnectionSettings settings) {
        String addresses = found.addresses().stream()
                .map(address -> Connecting.text(Optional.of(
                        new InetSocketAddress(address, settings.address().port()))))
                .collect(Collectors.joining(", "));
        transcript.note(
                Side.US,
                "resolved",
                found.lastGoodAt() == null
                        ? addresses
                        : addresses + ", as of " + found.lastGoodAt() + ": the name server does not answer");
        transcript.note(Side.US, "options", settings.socket().text());
    }

    void trying(InetSocketAddress address, SocketSettings socket) {
        untried = false;
        transcript.note(
                Side.US,
                "syn",
                Connecting.text(Optional.of(address)) + ", waiting "
                        + socket.connectTimeout().toMillis() + " ms at most");
    }

    /** Whether no address was tried: there was none. */
    boolean isUntried() {
        return untried;
    }

    void connected(Line line) {
        this.line = line;
        transcript.note(
                Side.PRINTER, "connected", Connecting.text(line.local()) + " to " + Connecting.text(line.remote()));
    }

    void reuses(OpenLine open) {
        Line line = open.line();
        this.line = line;
        preceded = open.isPreceded();
        transcript.note(
                Side.US,
                "reused",
                "open connection " + Connecting.text(line.local()) + " to " + Connecting.text(line.remote()));
    }

    void connectFailed(Throwable cause) {
        Errno errno = Errno.of(cause);
        transcript.note(
                errno == Errno.ECONNREFUSED ? Side.PRINTER : Side.NETWORK,
                errno == Errno.ECONNREFUSED ? "rst" : "failed",
                errno == null ? String.valueOf(cause.getMessage()) : errno.keyword());
    }

    /** What is known of how this printer ends its connections. */
    void expects(Manners known, Duration closePatience) {
        manners = known;
        if (known.isSlowToClose()) {
            transcript.note(
                    Side.US,
                    "learned",
                    "the printer did not close " + known.closesMissed() + " times in a row, waiting "
                            + closePatience.toMillis() + " ms for it");
        }
        if (known.alwaysResets()) {
            transcript.note(
                    Side.US,
                    "learned",
                    "the printer resets its connections after each job, " + known.resets() + " times in a row");
        }
    }

    /** The printer has answered none of our questions in time. */
    void unanswered() {
        unanswered = true;
    }

    /** So much was written on this line before the document: a question, or the jobs before. */
    void begins(long written) {
        writtenBefore = written;
    }

    /** Bytes that are no part of the document go first, on the same line. */
    void precededBy(int bytes, String note) {
        preceded = true;
        preambleBytes = bytes;
        transcript.bytes(Side.US, "preamble", bytes, note);
    }

    /**
     * The printer said something. On a connection that was kept open it is about the job before until the first byte of
     * this one is written, and may be as long as nothing of it was acknowledged: whether that is so, a sample tells
     * that is asked for from now on.
     *
     * @return whether a sample is needed now
     */
    boolean replied(Words words) {
        if (isReused && (!begun || (acknowledged == 0 && kernelTells()))) {
            if (undecided.bytes().length < MOST_UNDECIDED) {
                undecided = undecided.and(words);
            }
            undecidedSinceNanos = System.nanoTime();
            return true;
        }
        own(words, System.nanoTime());
        if (words.bytes().length > 0) {
            transcript.bytes(Side.PRINTER, "reply", words.bytes().length, null);
        }
        return false;
    }

    private void own(Words words, long atNanos) {
        replies.add(words.bytes());
        // Before the document's first byte nothing of it can be refused: that is about a question, or a greeting.
        refused |= begun && words.any(Kind.REFUSAL);
        if (begun && words.any(Kind.UNKNOWN)) {
            unknownWordsAtNanos = atNanos;
        }
    }

    /**
     * What turns out to be the printer's words for the job before; empty when there are none.
     *
     * @param askedAtNanos when the kernel was asked what is acknowledged: what it said before the words came says
     *     nothing of them
     * @param answered whether it has answered; else what was written counts as acknowledged
     */
    Words wordsForTheJobBefore(long askedAtNanos, boolean answered) {
        boolean isOwn = acknowledged > 0 || (!answered && begun && line != null && written(line) > 0);
        if (undecided.isEmpty() || (!isOwn && askedAtNanos - undecidedSinceNanos < 0)) {
            return Words.NONE;
        }
        Words words = undecided;
        undecided = Words.NONE;
        if (isOwn) {
            own(words, undecidedSinceNanos);
        }
        transcript.bytes(Side.PRINTER, "reply", words.bytes().length, isOwn ? null : "of the job before");
        return isOwn ? Words.NONE : words;
    }

    /** Whether the printer has refused the data, in words that its language knows. */
    boolean isRefused() {
        return refused;
    }

    /** When the printer said the last of {@link #wordsForTheJobBefore}. */
    long undecidedSinceNanos() {
        return undecidedSinceNanos;
    }

    void peerFinished() {
        peerFinished = true;
        transcript.note(Side.PRINTER, "fin", null);
    }

    void allWritten() {
        allWritten = true;
        transcript.bytes(Side.US, "data", totalBytes, "all of it is with the kernel");
    }

    /** When {@link #broken} was noted last, by {@link System#nanoTime}. */
    long brokenAtNanos() {
        return brokenAtNanos;
    }

    void confirmed() {
        confirmed = true;
        transcript.note(Side.PRINTER, "printed", "it says that nothing is left to be printed");
    }

    void broken(Throwable cause) {
        noteProgress();
        brokenAtNanos = System.nanoTime();
        Errno errno = Errno.of(cause);
        boolean byPeer = errno == null || !errno.isLossOfPath();
        transcript.note(
                byPeer ? Side.PRINTER : Side.NETWORK,
                byPeer ? "rst" : "timeout",
                errno == null ? String.valueOf(cause.getMessage()) : errno.keyword());
    }

    /** How far it had come when it ended, where that was not the whole of it. */
    private void noteProgress() {
        if (progressNoted || line == null || !begun) {
            return;
        }
        progressNoted = true;
        if (!allWritten && written(line) > 0) {
            transcript.bytes(Side.US, "data", written(line), "of %,d, with the kernel by now".formatted(totalBytes));
        }
        if (acknowledged > 0 && acknowledged < totalBytes) {
            transcript.bytes(Side.PRINTER, "ack", acknowledged, "in all, by the last look");
        }
    }

    /** The printer's reset came after the attempt had ended well: there is no sample of that moment. */
    void resetAfterwards(Throwable cause) {
        broken(cause);
        if (last != null) {
            last = last.afterReset();
        }
    }

    /** The end of it, by us. */
    void ends(String event, @Nullable String note) {
        noteProgress();
        String state = last == null ? null : "in " + last.state();
        transcript.note(Side.US, event, note == null ? state : state == null ? note : note + ", " + state);
    }

    void note(Side side, String event, @Nullable String note) {
        transcript.note(side, event, note);
    }

    // Asked of the kernel ------------------------------------------------------------------------

    /** The first sample on this line, before the first byte: what is acknowledged later counts from here. */
    void begin(Optional<TcpInfo> info) {
        begun = true;
        first = info.orElse(null);
        last = first;
        watch.begin();
        transcript.note(Side.US, "first-byte", "of %,d".formatted(totalBytes));
    }

    /** A later sample. An empty one changes nothing: after close the kernel knows nothing any more. */
    void observe(Optional<TcpInfo> info, Line line) {
        watch.written(line.written());
        if (first == null || info.isEmpty()) {
            return;
        }
        last = info.get();
        // Our FIN counts as one byte, so never more than there was.
        long now = Math.min(totalBytes, last.bytesAcknowledged() - first.bytesAcknowledged() - preambleBytes);
        if (now > acknowledged) {
            acknowledged = now;
            if (acknowledged == totalBytes) {
                transcript.bytes(
                        Side.PRINTER,
                        "ack",
                        totalBytes,
                        progressNoted ? "of every byte, as the kernel said when all was over" : "of every byte");
            }
        }
        watch.sampled(last, acknowledged);
        var changed = watch.newStall(acknowledged < totalBytes);
        if (changed.isPresent()) {
            noteStall(changed.get(), line);
        }
    }

    private void noteStall(LineWatch.Stall stall, Line line) {
        String counts = "%,d acknowledged, %,d not".formatted(acknowledged, written(line) - acknowledged);
        switch (stall) {
            case NONE -> transcript.note(Side.PRINTER, "stall", "over: " + counts);
            case ZERO_WINDOW -> transcript.note(Side.PRINTER, "stall", "zero window, probes answered: " + counts);
            case RETRANSMITTING -> transcript.note(Side.NETWORK, "stall", "retransmitting, no answer: " + counts);
            case PROBES_UNANSWERED ->
                transcript.note(Side.NETWORK, "stall", "zero window, probes not answered: " + counts);
        }
    }

    /** The error that the kernel holds for us and no call has returned yet, or null. */
    @Nullable
    Errno pendingError(Optional<TcpInfo> info) {
        return info.map(TcpInfo::error).map(Errno::ofLinux).orElse(null);
    }

    /** The connection is over although not everything was acknowledged. */
    boolean isDead() {
        return last != null && last.isClosed() && acknowledged < totalBytes;
    }

    /** The peer has answered nothing for as long as this, although it was asked. */
    boolean isSilentFor(Duration patience) {
        return watch.isSilentFor(patience);
    }

    /** The printer's window is closed, but it answers. */
    boolean isHeldUp() {
        return watch.isHeldUp();
    }

    /** Not everything was taken, and of that nothing for as long as this. */
    boolean hasNoProgressFor(Duration patience) {
        return watch.hasNoProgressFor(patience);
    }

    /** Whether the kernel tells what was acknowledged. */
    boolean kernelTells() {
        return first != null;
    }

    // The sum of it ------------------------------------------------------------------------------

    boolean hasPeerFinished() {
        return peerFinished;
    }

    private long written(Line line) {
        return Math.max(allWritten ? totalBytes : line.written() - writtenBefore - preambleBytes, acknowledged);
    }

    ByteCounts bytes(@Nullable Line line) {
        if (line == null || !begun) {
            return ByteCounts.none(totalBytes);
        }
        return new ByteCounts(written(line), kernelTells() ? (Long) acknowledged : null, totalBytes);
    }

    Evidence evidence(
            End end, @Nullable Throwable error, @Nullable Line line, ConnectionSettings settings, Instant now) {
        ByteCounts bytes = asFarAsIsKnown(end, error, bytes(line));
        return new Evidence(
                end,
                error,
                bytes,
                settings.confirm(),
                replies.lastWords(),
                refused,
                saidSomethingRightBeforeItsEnd(),
                mayBeTaken(bytes),
                confirmed,
                unanswered,
                preceded,
                manners,
                line == null ? null : tcp(bytes),
                now,
                transcript.entries());
    }

    /**
     * A TCP that is in conversation holds its acknowledgements back for some 40 ms, to send them along with data (RFC
     * 1122, section 4.2.3.2), and an RST overtakes them: that nothing was acknowledged then says nothing. On a fresh
     * connection on which the printer is silent the first segments are acknowledged at once.
     */
    private ByteCounts asFarAsIsKnown(End end, @Nullable Throwable error, ByteCounts bytes) {
        boolean isInConversation = (end == End.RESET && isReused) || !replies.isEmpty();
        boolean wasReset = end == End.RESET || (end == End.PEER_FIN && error != null);
        boolean isOvertaken = wasReset && kernelTells() && acknowledged == 0 && bytes.written() > 0;
        return isOvertaken && isInConversation ? new ByteCounts(bytes.written(), null, bytes.total()) : bytes;
    }

    /** Whether the printer can have read any of the document. What precedes a document can be refused alone. */
    private boolean mayBeTaken(ByteCounts bytes) {
        return acknowledged > 0 || !kernelTells() || (bytes.acknowledged() == null && preambleBytes == 0);
    }

    /** Words that nobody knows mean something when the printer breaks the job off right after them. */
    private boolean saidSomethingRightBeforeItsEnd() {
        return unknownWordsAtNanos != null && System.nanoTime() - unknownWordsAtNanos <= RIGHT_BEFORE.toNanos();
    }

    private TcpEvidence tcp(ByteCounts bytes) {
        return last == null
                ? TcpEvidence.unknown()
                : new TcpEvidence(
                        last.state(),
                        bytes.written() - acknowledged,
                        orNull(last.retransmitsTotal()),
                        Keywords.of(last.timer()),
                        orNull(last.bytesUnsent()),
                        last.probesPending(),
                        orNull(last.peerWindow()));
    }

    private static @Nullable Long orNull(OptionalLong value) {
        return value.isPresent() ? (Long) value.getAsLong() : null;
    }
}
