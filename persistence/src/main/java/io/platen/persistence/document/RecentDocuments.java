package io.platen.persistence.document;

import akka.util.ByteString;
import java.util.LinkedHashMap;
import java.util.Optional;

/** The bytes of small documents that were stored a moment ago, so that a printer that is ready gets them without a read. */
final class RecentDocuments {
    private final long mostBytes;
    private final LinkedHashMap<String, ByteString> byId = new LinkedHashMap<>();
    private long bytes;

    /**
     * @param mostBytes with more bytes than this, the oldest documents are forgotten
     */
    RecentDocuments(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    synchronized void add(String id, ByteString content) {
        byId.put(id, content);
        bytes += content.size();
        var oldest = byId.entrySet().iterator();
        while (bytes > mostBytes && oldest.hasNext()) {
            bytes -= oldest.next().getValue().size();
            oldest.remove();
        }
    }

    /** Returns a document's bytes and forgets them: few documents are sent twice. */
    synchronized Optional<ByteString> take(String id) {
        ByteString content = byId.remove(id);
        if (content != null) {
            bytes -= content.size();
        }
        return Optional.ofNullable(content);
    }
}
