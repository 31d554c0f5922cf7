package io.platen.printer.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.platen.printer.language.DeviceStatus;
import io.platen.printer.language.Frame;
import io.platen.printer.language.Frame.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pieces of what a printer said are put together in their order. */
final class WordsTest {
    private static final Frame PAUSED =
            new Frame(Kind.STATUS, "paused", new DeviceStatus(false, List.of(), null, null));
    private static final Frame WELL = new Frame(Kind.STATUS, "well", new DeviceStatus(true, List.of(), null, null));
    private static final Frame OK = new Frame(Kind.UNKNOWN, "ok", null);

    @Test
    void laterOnesFollow() {
        var both = new Words(new byte[] {1, 2}, List.of(PAUSED)).and(new Words(new byte[] {3}, List.of(OK, WELL)));

        assertThat(both.bytes()).containsExactly(1, 2, 3);
        assertThat(both.frames()).containsExactly(PAUSED, OK, WELL);
        assertThat(both.statuses()).extracting(DeviceStatus::canPrint).containsExactly(false, true);
    }

    @Test
    void kindsAreFoundAmongTheFrames() {
        var words = new Words(new byte[] {1}, List.of(PAUSED, OK));

        assertThat(words.any(Kind.UNKNOWN)).isTrue();
        assertThat(words.any(Kind.REFUSAL)).isFalse();
    }

    /** A pause on the line completes frames without bringing bytes. */
    @Test
    void areEmptyOnlyWithoutBytesAndFrames() {
        assertThat(Words.NONE.isEmpty()).isTrue();
        assertThat(Words.NONE.and(Words.NONE).isEmpty()).isTrue();
        assertThat(new Words(new byte[0], List.of(OK)).isEmpty()).isFalse();
        assertThat(new Words(new byte[] {0}, List.of()).isEmpty()).isFalse();
    }
}
