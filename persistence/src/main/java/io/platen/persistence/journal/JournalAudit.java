package io.platen.persistence.journal;

import io.platen.persistence.StoreDamagedException;
import io.platen.persistence.journal.Database.Entry;
import io.platen.persistence.journal.Streams.Stream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * Looks at every entry of a journal: checksums, sequence numbers without gaps, and the table of ordinals against
 * the events, in both directions.
 */
final class JournalAudit {
    private static final int ENTRIES_AT_ONCE = 2_000;
    private static final long BYTES_AT_ONCE = 4 * 1024 * 1024;
    private static final int ORDINALS_TOGETHER = 1 << 20;
    private static final int MOST_FINDINGS = 1_000;

    private final Database database;
    private final Streams streams;
    private final long lastOrdinal;
    private final List<String> findings = new ArrayList<>();

    /** Ordinals of events that no group has named yet, so many to a set. */
    private final Map<Long, BitSet> unnamed = new HashMap<>();

    private long events;

    JournalAudit(Database database, Streams streams, long lastOrdinal) {
        this.database = database;
        this.streams = streams;
        this.lastOrdinal = lastOrdinal;
    }

    /** An action on each entry of a range. */
    @FunctionalInterface
    private interface Look {
        void at(Entry entry) throws IOException;
    }

    List<String> run(LongConsumer eventsSeen) throws IOException {
        List<Stream> known = streams.all().stream()
                .sorted(Comparator.comparingInt(Stream::number))
                .toList();
        for (Stream stream : known) {
            auditStream(stream, eventsSeen);
        }
        auditOrdinals();
        int left = unnamed.values().stream().mapToInt(BitSet::cardinality).sum();
        if (left > 0) {
            find("The journal's index of groups leaves out %,d events".formatted(left));
        }
        auditStrays();
        return findings;
    }

    private void auditStream(Stream stream, LongConsumer eventsSeen) throws IOException {
        long[] expected = {stream.deletedTo() + 1};
        forEach(
                Table.eventKey(stream.number(), stream.deletedTo() + 1),
                Table.eventKey(stream.number() + 1, 0),
                entry -> {
                    long sequence = Table.sequenceOf(entry.key());
                    if (sequence != expected[0]) {
                        find("%s: events %,d to %,d are missing".formatted(stream.id(), expected[0], sequence - 1));
                    }
                    expected[0] = sequence + 1;
                    events++;
                    eventsSeen.accept(events);
                    EventRecord event = EventRecord.decode(entry.key(), entry.value());
                    if (event == null) {
                        find("%s: event %,d has a wrong checksum".formatted(stream.id(), sequence));
                    } else if (event.ordinal() < 1 || event.ordinal() > lastOrdinal) {
                        find("%s: event %,d has the ordinal %,d of %,d"
                                .formatted(stream.id(), sequence, event.ordinal(), lastOrdinal));
                    } else {
                        unnamed.computeIfAbsent(event.ordinal() / ORDINALS_TOGETHER, any -> new BitSet())
                                .set((int) (event.ordinal() % ORDINALS_TOGETHER));
                    }
                });
        if (expected[0] <= stream.highest()) {
            find("%s: events %,d to %,d are missing".formatted(stream.id(), expected[0], stream.highest()));
        }
    }

    private void auditOrdinals() throws IOException {
        long[] next = {1};
        forEach(Table.ORDINAL.start(), Table.ORDINAL.end(), entry -> {
            long ordinal = Table.ordinalOf(entry.key());
            if (ordinal < next[0]) {
                find("The groups of ordinals %,d and before overlap".formatted(ordinal));
            }
            ByteBuffer index;
            try {
                index = Keys.sound(entry, "the group of ordinal %,d".formatted(ordinal));
            } catch (StoreDamagedException e) {
                find(String.valueOf(e.getMessage()));
                return;
            }
            while (index.hasRemaining()) {
                int number = index.getInt();
                long sequence = index.getLong();
                Stream stream = streams.find(number);
                if (stream == null) {
                    find("Ordinal %,d is of stream number %d, which has no name".formatted(ordinal, number));
                } else if (sequence > stream.deletedTo()) {
                    auditPlace(stream, sequence, ordinal);
                }
                ordinal++;
            }
            next[0] = ordinal;
        });
    }

    private void auditPlace(Stream stream, long sequence, long ordinal) throws IOException {
        byte[] key = Table.eventKey(stream.number(), sequence);
        byte[] value = database.get(key);
        EventRecord event = value == null ? null : EventRecord.decode(key, value);
        if (value == null) {
            find("%s: event %,d is missing; its ordinal is %,d".formatted(stream.id(), sequence, ordinal));
        } else if (event != null && event.ordinal() == ordinal) {
            unnamed.getOrDefault(ordinal / ORDINALS_TOGETHER, new BitSet()).clear((int) (ordinal % ORDINALS_TOGETHER));
        } else if (event != null) {
            find("%s: event %,d has the ordinal %,d, the index says %,d"
                    .formatted(stream.id(), sequence, event.ordinal(), ordinal));
        }
    }

    /** Events of streams that have no name. */
    private void auditStrays() throws IOException {
        int stream = 0;
        while (true) {
            List<Entry> next = database.read(Table.eventKey(stream, 0), Table.EVENT.end(), 1, 1);
            if (next.isEmpty()) {
                return;
            }
            int found = Table.streamOf(next.get(0).key());
            if (streams.find(found) == null) {
                find("There are events of stream number %d, which has no name".formatted(found));
            }
            stream = found + 1;
        }
    }

    private void forEach(byte[] from, byte[] before, Look look) throws IOException {
        byte[] next = from;
        while (true) {
            List<Entry> entries = database.read(next, before, ENTRIES_AT_ONCE, BYTES_AT_ONCE);
            if (entries.isEmpty()) {
                return;
            }
            for (Entry entry : entries) {
                look.at(entry);
            }
            next = Keys.after(entries.get(entries.size() - 1).key());
        }
    }

    private void find(String what) {
        if (findings.size() < MOST_FINDINGS) {
            findings.add(what);
        } else if (findings.size() == MOST_FINDINGS) {
            findings.add("More was found than is listed here");
        }
    }
}
