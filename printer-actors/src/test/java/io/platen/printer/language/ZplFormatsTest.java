package io.platen.printer.language;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ZplFormatsTest {
    private static final int FIELD_DATA = 'F' << 8 | 'D';
    private static final int PRINT_WIDTH = 'P' << 8 | 'W';

    private final ZplFormats formats = new ZplFormats();

    @Test
    void countsALabel() {
        formats.begin();
        formats.formatCommand(FIELD_DATA);
        assertThat(formats.isOpen()).isTrue();
        formats.end(20);

        assertThat(formats.isOpen()).isFalse();
        assertThat(formats.total()).isEqualTo(1);
        assertThat(formats.firstLabelEnd()).isEqualTo(20);
    }

    @Test
    void forgetsWhatStoodBeforeAFormat() {
        formats.store();
        formats.quantity(5);
        formats.controlCommand();
        formats.begin();
        formats.end(6);

        assertThat(formats.total()).isEqualTo(1);
    }

    @Test
    void setupMakesNoLabelUnlessAFieldComesWithIt() {
        formats.begin();
        formats.formatCommand(PRINT_WIDTH);
        formats.end(10);
        assertThat(formats.total()).isZero();
        formats.begin();
        formats.formatCommand(FIELD_DATA);
        formats.formatCommand(PRINT_WIDTH);
        formats.end(30);

        assertThat(formats.total()).isEqualTo(1);
        assertThat(formats.firstLabelEnd()).isEqualTo(30);
    }

    @Test
    void adoptsOnlyQuantitiesThatPrintersTake() {
        for (long quantity : new long[] {0, 1, 7, Long.MAX_VALUE}) {
            formats.begin();
            formats.quantity(quantity);
            formats.end(1);
        }

        assertThat(formats.total()).isEqualTo(1 + 1 + 7 + ZplFormats.MOST_QUANTITY);
    }

    @Test
    void countsNothingThatWasCanceledOrNeverBegan() {
        formats.begin();
        formats.cancel();
        formats.end(9);
        formats.end(12);

        assertThat(formats.total()).isZero();
        assertThat(formats.firstLabelEnd()).isZero();
    }
}
