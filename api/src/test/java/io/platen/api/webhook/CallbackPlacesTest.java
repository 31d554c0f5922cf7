package io.platen.api.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How far each callback has come: none is told twice, none misses an event. */
final class CallbackPlacesTest {
    private static final CallbackPlaces PLACES = CallbackPlaces.of(100, Map.of("slow", 40L, "slower", 20L));

    @ParameterizedTest
    @CsvSource({
        "quick, 100, true",
        "quick, 101, false",
        "slow, 39, true",
        "slow, 40, false",
        "slow, 100, false",
        "slower, 19, true",
        "slower, 20, false"
    })
    void callbackHasWhatCameBeforeItsPlace(String url, long event, boolean has) {
        assertThat(PLACES.has(url, event)).isEqualTo(has);
    }

    @Test
    void readingBeginsBehindTheEventThatAllHave() {
        assertThat(PLACES.first()).isEqualTo(19);
        assertThat(CallbackPlaces.at(100).first()).isEqualTo(100);
        assertThat(CallbackPlaces.of(100, Map.of("ahead", 200L)).first()).isEqualTo(100);
    }

    /** Telling some again is better than a file of megabytes that is written every second. */
    @Test
    void whereVeryManyAreBehindAllAreAsFarAsTheLast() {
        var behind = new HashMap<String, Long>();
        for (int i = 1; i <= 1000; i++) {
            behind.put("url-" + i, 50L + i);
        }
        assertThat(CallbackPlaces.of(5000, behind).behind()).hasSize(1000);

        behind.put("one more", 2000L);
        assertThat(CallbackPlaces.of(5000, behind)).isEqualTo(CallbackPlaces.at(50));
    }

    @Test
    void placesAreReadAgain(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("places.json");

        PLACES.write(file);

        assertThat(CallbackPlaces.read(file)).isEqualTo(PLACES);
        Files.writeString(file, "{\"reached\":");
        assertThatThrownBy(() -> CallbackPlaces.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("places.json");
    }
}
