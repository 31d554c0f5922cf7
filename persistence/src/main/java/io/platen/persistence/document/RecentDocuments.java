package io.platen.persistence.document;

import akka.util.ByteString;
import java.util.LinkedHashMap;
import java.util.Optional;

/** The bytes of small documents that were stored a moment ago, so that a printer that is ready gets them without a read. */
final class RecentDocuments {
    /** What an entry takes besides its content, about: its id, its place in the map, and its objects. */
    private static final long ENTRY_BYTES = 512L;

    private final long mostBytes;
    private final LinkedHashMap<String, ByteString> byId = new LinkedHashMap<>();
    private long bytes;

    /**
     * @param mostBytes with more bytes than this in memory, the oldest documents are forgotten
     */
    RecentDocuments(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    synchronized void add(String id, ByteString content) {
        // A copy: a part of the request's bytes would keep all of them in memory.
        byId.put(id, content.compact());
        bytes += cost(content);
        var oldest = byId.entrySet().iterator();
        while (bytes > mostBytes && oldest.hasNext()) {
            bytes -= cost(oldest.next().getValue());
            oldest.remove();
        }
    }

    /** Returns a document's bytes and forgets them: few documents are sent twice. */
    synchronized Optional<ByteString> take(String id) {
        ByteString content = byId.remove(id);
        if (content != null) {
            bytes -= cost(content);
        }
        return Optional.ofNullable(content);
    }

    private static long cost(ByteString content) {
        return content.size() + ENTRY_BYTES;
    }
}
