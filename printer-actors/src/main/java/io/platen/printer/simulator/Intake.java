package io.platen.printer.simulator;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** Takes the bytes of one connection: counts and stores them, reads them as ZPL, and answers queries in them. */
final class Intake implements LabelMachine.Output, AutoCloseable {
    private static final int LAST_BYTES = 1024;

    private final Works works;
    private final int connection;
    private final Printing.When when;
    private final boolean swallows;
    private final Answerer answerer;
    private final OutputStream store;
    private final RunningDigest tally = new RunningDigest();
    private final List<String> untilTheJobEnds = new ArrayList<>();
    private String last = "";
    private long size;
    private long labels;

    /** @param swallows whether the bytes are counted and stored, but not read as ZPL */
    Intake(Works works, int connection, Conduct conduct, Answerer answerer, boolean swallows) throws IOException {
        this.works = works;
        this.connection = connection;
        this.when = conduct.printing().when();
        this.swallows = swallows;
        this.answerer = answerer;
        this.store = openStore();
    }

    void take(byte[] buffer, int length) throws IOException {
        store.write(buffer, 0, length);
        tally.add(buffer, length);
        size += length;
        works.bytes().addAndGet(length);
        int from = Math.max(0, length - LAST_BYTES);
        String text = last + new String(buffer, from, length - from, StandardCharsets.ISO_8859_1);
        last = text.substring(Math.max(0, text.length() - LAST_BYTES));
        if (!swallows) {
            works.machine().take(buffer, length, this);
        }
    }

    /** The printer refuses the format that it has begun to read. */
    void refused() {
        works.machine().discard();
    }

    /** The sender's FIN has been read. */
    void jobEnded() {
        untilTheJobEnds.forEach(text -> works.press().take(connection, text));
        untilTheJobEnds.clear();
    }

    long size() {
        return size;
    }

    /** The last bytes, at most 1,024. */
    String last() {
        return last;
    }

    Received received(boolean complete) {
        return new Received(connection, size, tally.sha256(), labels, complete);
    }

    @Override
    public void label(String text) {
        labels++;
        switch (when) {
            case EACH_LABEL -> works.press().take(connection, text);
            case AFTER_JOB -> untilTheJobEnds.add(text);
            case NEVER -> {}
        }
    }

    @Override
    public void hostStatusAsked() {
        answerer.hostStatusAsked();
    }

    @Override
    public void hostQueryAsked() {
        answerer.hostQueryAsked();
    }

    @Override
    public void allCancelled() {
        untilTheJobEnds.clear();
        works.press().cancelAll();
    }

    @Override
    public void close() throws IOException {
        store.close();
    }

    private OutputStream openStore() throws IOException {
        var directory = works.settings().store();
        if (directory.isEmpty()) {
            return OutputStream.nullOutputStream();
        }
        Files.createDirectories(directory.get());
        return Files.newOutputStream(directory.get().resolve("job-%06d.prn".formatted(connection)));
    }
}
