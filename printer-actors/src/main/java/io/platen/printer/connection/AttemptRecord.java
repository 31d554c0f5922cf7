package io.platen.printer.connection;

import io.platen.printer.ConnectionSettings;
import io.platen.printer.diagnosis.ByteCounts;
import io.platen.printer.diagnosis.Evidence;
import io.platen.printer.diagnosis.Evidence.End;
import io.platen.printer.diagnosis.Keywords;
import io.platen.printer.diagnosis.Manners;
import io.platen.printer.diagnosis.ReplyRecorder;
import io.platen.printer.diagnosis.TcpEvidence;
import io.platen.printer.diagnosis.TranscriptEntry.Side;
import io.platen.printer.language.Frame.Kind;
import io.platen.printer.transport.PrinterNames;
import io.platen.printer.transport.SocketSettings;
import io.platen.printer.transport.TcpInfo;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Counts and notes what happens in an attempt, and makes its {@link Evidence} at the end. */
final class AttemptRecord {
    /** Unknown words count as the printer's reason to end the connection when it does so this soon after them. */
    private static final Duration RIGHT_BEFORE = Duration.ofSeconds(2);

    private final long totalBytes;
    private final boolean isReused;
    private final LongSupplier nanos;
    private final AttemptTranscript transcript;
    private final Liveness liveness;
    private final ReplyRecorder replies = new ReplyRecorder();
    private final LateWords late = new LateWords();
    private long writtenBefore;
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
    private @Nullable OpenLine line;

    private AttemptRecord(long totalBytes, long writtenBefore, LongSupplier nanos) {
        this.totalBytes = totalBytes;
        this.writtenBefore = writtenBefore;
        this.isReused = writtenBefore > 0;
        this.nanos = nanos;
        this.transcript = new AttemptTranscript(nanos);
        this.liveness = new Liveness(nanos.getAsLong());
    }

    /** For a document that needs a connection first. {@code nanos} is the clock of {@link System#nanoTime}. */
    static AttemptRecord unconnected(long totalBytes, LongSupplier nanos) {
        return new AttemptRecord(totalBytes, 0, nanos);
    }

    /** On an open connection over which nothing was sent. */
    static AttemptRecord on(OpenLine fresh, long totalBytes, LongSupplier nanos) {
        var attempt = unconnected(totalBytes, nanos);
        attempt.connected(fresh);
        return attempt;
    }

    /** On a connection over which documents were sent before. */
    static AttemptRecord reusing(OpenLine used, long totalBytes, LongSupplier nanos) {
        var attempt = new AttemptRecord(totalBytes, used.written(), nanos);
        attempt.line = used;
        attempt.preceded = used.isPreceded();
        attempt.transcript.reused(used);
        return attempt;
    }

    // Connecting -----------------------------------------------------------------------------------

    void resolved(PrinterNames.Found found, ConnectionSettings settings) {
        transcript.resolved(found, settings);
    }

    void trying(InetSocketAddress address, SocketSettings socket) {
        untried = false;
        transcript.trying(address, socket);
    }

    /** Whether no address was tried, because the name had none. */
    boolean isUntried() {
        return untried;
    }

    void connectFailed(Throwable cause) {
        transcript.connectFailed(cause);
    }

    void connected(OpenLine fresh) {
        line = fresh;
        transcript.connected(fresh);
    }

    // Sending --------------------------------------------------------------------------------------

    void note(Side side, String event, @Nullable String note) {
        transcript.note(side, event, note);
    }

    /** Notes how this printer usually ends its connections. */
    void expects(Manners known, Duration closePatience) {
        manners = known;
        transcript.learned(known, closePatience);
    }

    /** The printer has answered none of our status queries in time. */
    void unanswered() {
        unanswered = true;
    }

    /** The document begins after this many bytes on the connection: those of a status query or of earlier documents. */
    void beginsAfter(long bytes) {
        writtenBefore = bytes;
    }

    /** These bytes, which are no part of the document, are sent before it over the same connection. */
    void precededBy(int bytes, String note) {
        preceded = true;
        preambleBytes = bytes;
        transcript.bytes(Side.US, "preamble", bytes, note);
    }

    /**
     * The printer said something. On a reused connection its words are about the previous document until the first byte of
     * this one is written, and may be about it until a byte of this one is acknowledged.
     *
     * @return whether a sample is needed now, to tell which document the words are about
     */
    boolean replied(Words words) {
        if (isReused && (!begun || (acknowledged == 0 && kernelTells()))) {
            late.add(words, nanos.getAsLong());
            return true;
        }
        own(words, nanos.getAsLong());
        if (words.bytes().length > 0) {
            transcript.bytes(Side.PRINTER, "reply", words.bytes().length, null);
        }
        return false;
    }

    private void own(Words words, long atNanos) {
        replies.add(words.bytes());
        // Words before the document's first byte cannot refuse it: they answer a query, or are a greeting.
        refused |= begun && words.any(Kind.REFUSAL);
        if (begun && words.any(Kind.UNKNOWN)) {
            unknownWordsAtNanos = atNanos;
        }
    }

    /**
     * The printer's words that are now known to be about the previous document; empty when there are none.
     *
     * @param askedAtNanos when the kernel was asked what is acknowledged
     * @param answered whether the kernel has answered; if not, what was written counts as acknowledged
     */
    Words wordsForTheJobBefore(long askedAtNanos, boolean answered) {
        boolean isOwn = acknowledged > 0 || (!answered && begun && line != null && written(line) > 0);
        if (!late.areDecided(isOwn, askedAtNanos)) {
            return Words.NONE;
        }
        Words words = late.take();
        transcript.bytes(Side.PRINTER, "reply", words.bytes().length, isOwn ? null : "about the previous job");
        if (!isOwn) {
            return words;
        }
        own(words, late.sinceNanos());
        return Words.NONE;
    }

    /** When the printer said the last of {@link #wordsForTheJobBefore}. */
    long saidAtNanos() {
        return late.sinceNanos();
    }

    /** Whether the printer has refused the data, in words that its language knows. */
    boolean isRefused() {
        return refused;
    }

    void allWritten() {
        allWritten = true;
        transcript.bytes(Side.US, "data", totalBytes, "all of it is with the kernel");
    }

    void confirmed() {
        confirmed = true;
        transcript.note(Side.PRINTER, "printed", "it says that nothing is left to print");
    }

    void peerFinished() {
        peerFinished = true;
        transcript.note(Side.PRINTER, "fin", null);
    }

    boolean hasPeerFinished() {
        return peerFinished;
    }

    void broken(Throwable cause) {
        noteProgress();
        brokenAtNanos = nanos.getAsLong();
        transcript.broken(cause);
    }

    /** When {@link #broken} was last called. */
    long brokenAtNanos() {
        return brokenAtNanos;
    }

    /** The printer's reset came after the attempt had ended well: there is no sample of that moment. */
    void resetAfterwards(Throwable cause) {
        broken(cause);
        if (last != null) {
            last = last.afterReset();
        }
    }

    /** We end the connection. */
    void ends(String event, @Nullable String note) {
        noteProgress();
        String state = last == null ? null : "in " + last.state();
        transcript.note(Side.US, event, note == null ? state : state == null ? note : note + ", " + state);
    }

    /** Notes how far the document had come when the connection ended before the whole of it was sent. */
    private void noteProgress() {
        if (progressNoted || line == null || !begun) {
            return;
        }
        progressNoted = true;
        if (!allWritten && written(line) > 0) {
            transcript.bytes(Side.US, "data", written(line), "of %,d, with the kernel by now".formatted(totalBytes));
        }
        if (acknowledged > 0 && acknowledged < totalBytes) {
            transcript.bytes(Side.PRINTER, "ack", acknowledged, "in all, by the last sample");
        }
    }

    // Samples of the kernel ------------------------------------------------------------------------

    /** The first sample, before the first byte. Acknowledged bytes are counted from here. */
    void begin(Optional<TcpInfo> info) {
        begun = true;
        first = info.orElse(null);
        last = first;
        liveness.begin(nanos.getAsLong());
        transcript.note(Side.US, "first-byte", "of %,d".formatted(totalBytes));
    }

    /** A later sample. It is empty when the socket is closed; then only the written bytes are noted. */
    void observe(Optional<TcpInfo> info, OpenLine observed) {
        long now = nanos.getAsLong();
        liveness.written(observed.written(), now);
        if (first == null || info.isEmpty()) {
            return;
        }
        last = info.get();
        // The kernel counts our FIN as one byte more.
        long taken = Math.min(totalBytes, last.bytesAcknowledged() - first.bytesAcknowledged() - preambleBytes);
        if (taken > acknowledged) {
            acknowledged = taken;
            if (acknowledged == totalBytes) {
                transcript.bytes(
                        Side.PRINTER,
                        "ack",
                        totalBytes,
                        progressNoted ? "of every byte, as the kernel said at the end" : "of every byte");
            }
        }
        liveness.sampled(last, acknowledged, now);
        liveness.newStall(acknowledged < totalBytes, now)
                .ifPresent(stall -> transcript.stalled(stall, acknowledged, written(observed) - acknowledged));
    }

    /** Whether the connection is closed although not every byte was acknowledged. */
    boolean isDead() {
        return last != null && last.isClosed() && acknowledged < totalBytes;
    }

    /** Whether the printer owes an answer and has sent none for this long. */
    boolean isSilentFor(Duration patience) {
        return liveness.isSilentFor(patience, nanos.getAsLong());
    }

    /** Whether the printer's window is closed, and it answers probes. */
    boolean isHeldUp() {
        return liveness.isHeldUp();
    }

    /** Whether no byte was written and none acknowledged for this long. */
    boolean hasNoProgressFor(Duration patience) {
        return liveness.hasNoProgressFor(patience, nanos.getAsLong());
    }

    /** Whether the kernel tells how many bytes are acknowledged. */
    boolean kernelTells() {
        return first != null;
    }

    // The evidence ---------------------------------------------------------------------------------

    private long written(OpenLine used) {
        return Math.max(allWritten ? totalBytes : used.written() - writtenBefore - preambleBytes, acknowledged);
    }

    ByteCounts bytes(@Nullable OpenLine used) {
        if (used == null || !begun) {
            return ByteCounts.none(totalBytes);
        }
        return new ByteCounts(written(used), kernelTells() ? (Long) acknowledged : null, totalBytes);
    }

    Evidence evidence(
            End end, @Nullable Throwable error, @Nullable OpenLine used, ConnectionSettings settings, Instant at) {
        ByteCounts bytes = asFarAsIsKnown(end, error, bytes(used));
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
                used == null ? null : tcp(bytes),
                at,
                transcript.entries());
    }

    /**
     * After a reset, counts as unknown what the printer acknowledged when its ACKs may have been delayed. A TCP in
     * conversation delays its ACKs by some 40 ms to send them along with data (RFC 1122, section 4.2.3.2), and an RST
     * overtakes them: then "nothing acknowledged" says nothing. On a fresh connection whose printer has said nothing, the
     * first segments are acknowledged at once.
     */
    private ByteCounts asFarAsIsKnown(End end, @Nullable Throwable error, ByteCounts bytes) {
        boolean isInConversation = (end == End.RESET && isReused) || !replies.isEmpty();
        boolean wasReset = end == End.RESET || (end == End.PEER_FIN && error != null);
        boolean isOvertaken = wasReset && kernelTells() && acknowledged == 0 && bytes.written() > 0;
        return isOvertaken && isInConversation ? new ByteCounts(bytes.written(), null, bytes.total()) : bytes;
    }

    /** Whether the printer may have read any of the document. If not, it can only have refused the bytes before it. */
    private boolean mayBeTaken(ByteCounts bytes) {
        return acknowledged > 0 || !kernelTells() || (bytes.acknowledged() == null && preambleBytes == 0);
    }

    /** Whether the printer said unknown words right before the end. They may then be about the document. */
    private boolean saidSomethingRightBeforeItsEnd() {
        return unknownWordsAtNanos != null && nanos.getAsLong() - unknownWordsAtNanos <= RIGHT_BEFORE.toNanos();
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
