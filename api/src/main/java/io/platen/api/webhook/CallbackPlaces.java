package io.platen.api.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.platen.api.wire.Json;
import io.platen.persistence.PrivateFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The progress of the callbacks in the journal.
 *
 * @param reached all URLs have the events up to this one, except the URLs that are behind
 * @param behind for each URL that is behind, the first event that it does not have yet
 */
record CallbackPlaces(long reached, Map<String, Long> behind) {

    /** The file is written every second, so it stays small: if more URLs are behind, all count as far as the last of them. */
    private static final int MOST_BEHIND = 1_000;

    static CallbackPlaces of(long reached, Map<String, Long> behind) {
        var places = new CallbackPlaces(reached, behind);
        return behind.size() <= MOST_BEHIND ? places : at(places.first());
    }

    static CallbackPlaces at(long event) {
        return new CallbackPlaces(event, Map.of());
    }

    static CallbackPlaces read(Path file) throws IOException {
        try {
            return Json.read(Files.readString(file), CallbackPlaces.class);
        } catch (JsonProcessingException e) {
            throw new IOException(file + " is damaged. Remove it: the callbacks then get the events from now on", e);
        }
    }

    void write(Path file) throws IOException {
        PrivateFile.replace(file, new String(Json.bytes(this), StandardCharsets.UTF_8));
    }

    /** The last event that all URLs have. */
    long first() {
        return behind.values().stream().mapToLong(event -> event - 1).reduce(reached, Math::min);
    }

    boolean has(String url, long event) {
        return event <= reached && event < behind.getOrDefault(url, Long.MAX_VALUE);
    }
}
