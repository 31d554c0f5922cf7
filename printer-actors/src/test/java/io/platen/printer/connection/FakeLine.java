package io.platen.printer.connection;

import akka.util.ByteString;
import io.platen.printer.connection.ConnectionEvent.Timer;
import io.platen.printer.connection.ConnectionEvent.Written;
import io.platen.printer.language.FrameReader;
import io.platen.printer.language.PrinterLanguage;
import io.platen.printer.language.ReplyPatterns;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An open connection without a socket: it writes down what is asked of it, and a test plays the events. */
final class FakeLine implements OpenLine {
    /** What was asked, in order: {@code write}, {@code sample}, {@code fin}, {@code close}, {@code rst} … */
    final List<String> asked = new ArrayList<>();

    final Map<Timer, Duration> timers = new EnumMap<>(Timer.class);
    private final int number;
    private final FrameReader reader = PrinterLanguage.ZPL.reader(ReplyPatterns.NONE);
    private long written;
    private int writes;
    private boolean preceded;
    private boolean open = true;

    FakeLine(int number, long written) {
        this.number = number;
        this.written = written;
    }

    /** The kernel takes so many more bytes. */
    void takes(long bytes) {
        written += bytes;
    }

    /** The end of the latest write. */
    Written allWritten() {
        return new Written(number, writes);
    }

    @Override
    public int number() {
        return number;
    }

    @Override
    public Optional<InetSocketAddress> local() {
        return Optional.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 50_000));
    }

    @Override
    public Optional<InetSocketAddress> remote() {
        return Optional.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 9100));
    }

    @Override
    public long written() {
        return written;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public Words heard(ByteString said) {
        byte[] bytes = said.toArray();
        return new Words(bytes, reader.read(bytes));
    }

    @Override
    public Words rest() {
        return new Words(new byte[0], reader.rest());
    }

    @Override
    public void awaitRest() {}

    @Override
    public boolean hasSkippedLines() {
        return false;
    }

    @Override
    public void precede() {
        preceded = true;
    }

    @Override
    public boolean isPreceded() {
        return preceded;
    }

    @Override
    public void sample() {
        asked.add("sample");
    }

    @Override
    public void sampleOnceAcknowledged() {
        asked.add("sample");
    }

    @Override
    public void write(PrintData data) {
        writes++;
        asked.add("write");
    }

    @Override
    public boolean isLatest(Written end) {
        return end.write() == writes;
    }

    @Override
    public void stopWriting() {
        asked.add("stop writing");
    }

    @Override
    public void finishSending() {
        asked.add("fin");
    }

    @Override
    public void askPeer() {
        asked.add("ask peer");
    }

    @Override
    public void idles() {
        asked.add("idles");
    }

    @Override
    public void close() {
        cancelTimers();
        open = false;
        asked.add("close");
    }

    @Override
    public void abort() {
        cancelTimers();
        open = false;
        asked.add("rst");
    }

    @Override
    public void start(Timer timer, Duration after) {
        timers.put(timer, after);
    }

    @Override
    public void cancel(Timer timer) {
        timers.remove(timer);
    }

    @Override
    public void cancelTimers() {
        timers.clear();
    }

    @Override
    public boolean awaits(Timer timer) {
        return timers.containsKey(timer);
    }
}
