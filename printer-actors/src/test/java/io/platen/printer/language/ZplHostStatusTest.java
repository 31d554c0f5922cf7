package io.platen.printer.language;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ~HS}: what each field of the three strings says (ZPL II Programming Guide, "~HS Host Status Return"). */
final class ZplHostStatusTest {
    private static final String FIRST = "030,0,0,1245,000,0,0,0,000,0,0,0";
    private static final String SECOND = "000,0,0,0,0,2,4,0,00000000,1,000";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            030,0,0,1245,000,0,0,0,000,0,0,0 | 000,0,0,0,0,2,4,0,00000000,1,000 | well left=0
            030,1,0,1245,000,0,0,0,000,0,0,0 | 000,0,0,0,0,2,4,0,00000000,1,000 | stopped media-empty left=0
            030,0,1,1245,000,0,0,0,000,0,0,0 | 000,0,0,0,0,2,4,0,00000000,1,000 | stopped paused left=0
            030,0,0,1245,007,0,0,0,000,0,0,0 | 000,0,0,0,0,2,4,0,00000000,1,000 | well left=7
            030,0,0,1245,000,1,0,0,000,0,0,0 | 000,0,0,0,0,2,4,0,00000000,1,000 | well spool-area-full left=0
            030,0,0,1245,000,0,1,0,000,0,0,0 | 000,0,0,0,0,2,4,0,00000000,1,000 | stopped other left=0
            030,0,0,1245,000,0,0,1,000,0,0,0 | 000,0,0,0,0,2,4,0,00000000,1,000 | well left=1
            030,0,0,1245,000,0,0,0,000,0,1,0 | 000,0,0,0,0,2,4,0,00000000,1,000 | well other-warning left=0
            030,0,0,1245,000,0,0,0,000,0,0,1 | 000,0,0,0,0,2,4,0,00000000,1,000 | stopped other left=0
            030,0,0,1245,000,0,0,0,000,0,0,0 | 000,0,1,0,0,2,4,0,00000000,1,000 | stopped cover-open left=0
            030,0,0,1245,000,0,0,0,000,0,0,0 | 000,0,0,1,0,2,4,0,00000000,1,000 | stopped marker-supply-empty left=0
            030,0,0,1245,000,0,0,0,000,0,0,0 | 000,0,0,0,0,2,4,1,00000000,1,000 | stopped label-waiting left=0
            030,0,0,1245,000,0,0,0,000,0,0,0 | 000,0,0,0,0,2,4,0,00000042,1,000 | well left=42
            030,0,0,1245,003,0,0,1,000,0,0,0 | 000,0,0,0,0,2,4,0,00000002,1,000 | well left=6
            """)
    void eachFieldSaysOneThing(String first, String second, String status) {
        var read = ZplHostStatus.of(first, second);

        assertThat(Reading.tell(Frame.status("", read.status()))).isEqualTo("status " + status + " to ~HS");
        assertThat(read.status().canPrint()).isEqualTo(status.startsWith("well"));
        assertThat(read.status().isDone()).isEqualTo(status.endsWith("left=0"));
    }

    /** An older printer's answer says nothing of formats: that it is done must not be concluded from that. */
    @Test
    void missingFieldsCountAsSomethingLeft() {
        assertThat(ZplHostStatus.of("030,0,0,1245", SECOND).status().isDone()).isFalse();
        assertThat(ZplHostStatus.of(FIRST, "000,0,0,0").status().isDone()).isFalse();
    }

    @Test
    void stringsAreToldApart() {
        assertThat(ZplHostStatus.isFirst(FIRST)).isTrue();
        assertThat(ZplHostStatus.isClearlyFirst(FIRST)).isTrue();
        assertThat(ZplHostStatus.isSecond(FIRST)).isFalse();
        assertThat(ZplHostStatus.isFirst(SECOND)).isFalse();
        assertThat(ZplHostStatus.isSecond(SECOND)).isTrue();
        assertThat(ZplHostStatus.isThird("1234,0")).isTrue();
        assertThat(ZplHostStatus.isThird(FIRST)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0,0,0",
                "030,0,0,1245,000,0,0",
                "030,0,0,1245,x,0,0,0,000,0,0,0",
                "1234567890,0,0,1245,000,0,0,0,000,0,0,0",
                "1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1"
            })
    void stringOfTooFewTooManyOrNoNumbersIsNone(String string) {
        assertThat(ZplHostStatus.isFirst(string)).isFalse();
        assertThat(ZplHostStatus.isSecond(string)).isFalse();
    }
}
