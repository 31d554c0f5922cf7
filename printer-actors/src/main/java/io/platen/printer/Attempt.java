package io.platen.printer;

import io.platen.printer.diagnosis.ByteCounts;
import io.platen.printer.diagnosis.Errno;
import io.platen.printer.diagnosis.Evidence;
import io.platen.printer.diagnosis.Evidence.End;
import io.platen.printer.diagnosis.ReplyRecorder;
import io.platen.printer.diagnosis.TcpEvidence;
import io.platen.printer.diagnosis.Transcript;
import io.platen.printer.diagnosis.TranscriptEntry.Side;
import io.platen.printer.transport.Line;
import io.platen.printer.transport.TcpInfo;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of the attempt under way: counted, timed and noted while it happens. */
final class Attempt {
    private final long totalBytes;
    private final Transcript transcript = new Transcript(System::nanoTime);
    private final ReplyRecorder replies = new ReplyRecorder();
    private final long writtenBefore;

    private @Nullable TcpInfo first;
    private @Nullable TcpInfo last;
    private boolean begun;
    private boolean kernelTells;
    private long acknowledged;
    private long lastWritten;
    private long lastProgressNanos = System.nanoTime();
    private int silentSamples;
    private boolean peerFinished;
    private boolean allWritten;

    Attempt(long totalBytes, long writtenBefore) {
        this.totalBytes = totalBytes;
        this.writtenBefore = writtenBefore;
    }

    void resolved(InetSocketAddress address) {
        transcript.note(Side.US, "resolved", Connecting.text(Optional.of(address)));
        transcript.note(Side.US, "syn", null);
    }

    void connected(Line line) {
        transcript.note(
                Side.PRINTER, "connected", Connecting.text(line.local()) + " to " + Connecting.text(line.remote()));
    }

    void reuses(Line line) {
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

    void closeIsNotExpected(Duration patience, int misses) {
        transcript.note(
                Side.US,
                "learned",
                "the printer did not close " + misses + " times in a row, waiting " + patience.toMillis()
                        + " ms for it");
    }

    Transcript transcript() {
        return transcript;
    }

    /** The first sample on this line, before the first byte: what is acknowledged later counts from here. */
    void begin(Optional<TcpInfo> info) {
        begun = true;
        first = info.orElse(null);
        last = first;
        kernelTells = info.isPresent();
        lastProgressNanos = System.nanoTime();
    }

    /** A later sample. An empty one changes nothing: after close the kernel knows nothing any more. */
    void observe(Optional<TcpInfo> info, Line line) {
        if (line.written() > lastWritten) {
            lastWritten = line.written();
            lastProgressNanos = System.nanoTime();
        }
        if (first == null || info.isEmpty()) {
            return;
        }
        last = info.get();
        // Our FIN counts as one byte, so never more than there was.
        long now = Math.min(totalBytes, last.bytesAcknowledged() - first.bytesAcknowledged());
        if (now > acknowledged) {
            acknowledged = now;
            lastProgressNanos = System.nanoTime();
            silentSamples = 0;
        }
        boolean unanswered = last.probesPending() > 0 || last.retransmitsPending() > 0;
        silentSamples = unanswered && written(line) > acknowledged ? silentSamples + 1 : 0;
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

    /** Two samples in a row with unanswered probes or retransmissions, and no ACK for as long as this. */
    boolean isSilentFor(Duration patience) {
        return silentSamples >= 2 && last != null && last.sinceLastAckMillis() >= patience.toMillis();
    }

    /** Nothing was taken for as long as this. */
    boolean hasNoProgressFor(Duration patience) {
        return System.nanoTime() - lastProgressNanos >= patience.toNanos();
    }

    /** Whether the kernel tells what was acknowledged; on NIO it does not. */
    boolean kernelTells() {
        return kernelTells;
    }

    void replied(byte[] bytes) {
        if (writtenBefore > 0 && acknowledged == 0) {
            // On a connection that was kept open, before anything of this job was taken.
            transcript.bytes(Side.PRINTER, "reply", bytes.length, "of the job before");
            return;
        }
        replies.add(bytes);
        transcript.bytes(Side.PRINTER, "reply", bytes.length, null);
    }

    boolean hasReplies() {
        return !replies.isEmpty();
    }

    String repliesText() {
        return replies.text();
    }

    void peerFinished() {
        peerFinished = true;
        transcript.note(Side.PRINTER, "fin", null);
    }

    boolean hasPeerFinished() {
        return peerFinished;
    }

    void allWritten() {
        allWritten = true;
        transcript.bytes(Side.US, "data", totalBytes, "all of it handed to the kernel");
    }

    private long written(Line line) {
        return Math.max(allWritten ? totalBytes : line.written() - writtenBefore, acknowledged);
    }

    ByteCounts bytes(@Nullable Line line) {
        if (line == null || !begun) {
            return ByteCounts.none(totalBytes);
        }
        return new ByteCounts(written(line), kernelTells ? (Long) acknowledged : null, totalBytes);
    }

    Evidence evidence(
            End end, @Nullable Throwable error, @Nullable Line line, ConnectionSettings settings, Instant now) {
        ByteCounts bytes = bytes(line);
        TcpEvidence tcp = last == null
                ? null
                : new TcpEvidence(last.state(), bytes.written() - acknowledged, last.retransmitsTotal());
        return new Evidence(
                end,
                error,
                bytes,
                settings.confirm(),
                replies.lastWords(),
                hasReplies() && settings.isErrorReply(repliesText()),
                tcp,
                now,
                transcript.entries());
    }
}
