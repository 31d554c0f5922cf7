package io.platen.persistence.journal;

import io.platen.persistence.journal.Database.Entry;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Where the events of a group are, in the order of their ordinals: what the table of ordinals holds. */
final class GroupIndex {
    private static final int PLACE_BYTES = Integer.BYTES + Long.BYTES;

    private final List<Place> places = new ArrayList<>();
    private long last;
    private boolean skipped;

    /** An event's place in its stream. */
    record Place(long ordinal, int stream, long sequence) {}

    GroupIndex(long lastOrdinal) {
        this.last = lastOrdinal;
    }

    /** The ordinal given out last, here or before. */
    long last() {
        return last;
    }

    void add(Place place) {
        places.add(place);
        last = place.ordinal();
        skipped = false;
    }

    /** The next event comes behind this ordinal. */
    void skipTo(long ordinal) {
        if (ordinal > last) {
            last = ordinal;
            skipped = true;
        }
    }

    /** One entry for each run of ordinals without a gap; an empty one where the last ordinals have no events. */
    List<Entry> entries() {
        var entries = new ArrayList<Entry>();
        int start = 0;
        for (int i = 1; i <= places.size(); i++) {
            boolean runEnds = i == places.size()
                    || places.get(i).ordinal() != places.get(i - 1).ordinal() + 1;
            if (runEnds) {
                entries.add(entry(places.get(start).ordinal(), places.subList(start, i)));
                start = i;
            }
        }
        if (skipped) {
            entries.add(entry(last + 1, List.of()));
        }
        return entries;
    }

    private static Entry entry(long first, List<Place> run) {
        ByteBuffer value = Table.value(run.size() * PLACE_BYTES);
        run.forEach(place -> value.putInt(place.stream()).putLong(place.sequence()));
        byte[] key = Table.ordinalKey(first);
        return new Entry(key, Table.seal(key, value));
    }

    /** How many events are in an entry. */
    static int size(Entry entry) {
        return (entry.value().length - Table.CHECKSUM_BYTES) / PLACE_BYTES;
    }
}
