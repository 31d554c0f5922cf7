package io.platen.spooler.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.platen.spooler.job.QueueFixture;
import org.junit.jupiter.api.Test;

/** A file format. */
final class PrinterStreamsTest {
    @Test
    void printerHasAStreamOfItsName() {
        assertThat(PrinterStreams.of(QueueFixture.DOCK).id()).isEqualTo("printer|dock-1");
    }

    @Test
    void streamTellsItsPrinterAndOthersTellNone() {
        assertThat(PrinterStreams.printer("printer|dock-1")).contains(QueueFixture.DOCK);
        assertThat(PrinterStreams.printer("other|dock-1")).isEmpty();
    }
}
