package io.platen.printer.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Keywords are stored and shown, so they are the same in every country. */
final class KeywordsTest {

    @Test
    void areLowerCaseWithDashes() {
        assertThat(Keywords.of(Cause.RESET_AFTER_SEND)).isEqualTo("reset-after-send");
        assertThat(Keywords.of(Rung.PRINTED)).isEqualTo("printed");
    }

    /** In Turkish a capital I becomes a dotless one. */
    @Test
    void areTheSameInTurkey() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(new Locale("tr", "TR"));
            assertThat(Keywords.of(EndedBy.THIS_HOST)).isEqualTo("this-host");
        } finally {
            Locale.setDefault(before);
        }
    }
}
