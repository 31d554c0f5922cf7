package io.platen.api.http.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import akka.util.ByteString;
import io.platen.printer.language.Labels;
import io.platen.printer.language.PrinterLanguage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LabelScanTest {
    private static final ByteString LABEL = ByteString.fromString("^XA^FDx^FS").concat(ByteString.fromString("^XZ"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/vnd.zebra-zpl",
                "Application/VND.Zebra-ZPL; charset=utf-8",
                "application/x-zpl",
                "application/x-zebra-zpl",
                "application/vnd.zebra.zpl",
                "application/zpl",
                "text/zpl",
                "text/x-zpl2",
                "application/x-zpl-ii"
            })
    void knowsTheMediaTypesOfZpl(String contentType) {
        assertThat(LabelScan.isZpl(contentType)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/octet-stream",
                "text/plain",
                "application/x-epl",
                "application/pdf; a=zpl",
                "zpl",
                ""
            })
    void knowsOtherMediaTypes(String contentType) {
        assertThat(LabelScan.isZpl(contentType)).isFalse();
    }

    @Test
    void scansForZplPrintersAndForZplDocuments() {
        var one = new Labels(1, LABEL.size(), false, 0);

        assertThat(scanned(LabelScan.of(PrinterLanguage.ZPL, null))).isEqualTo(one);
        assertThat(scanned(LabelScan.of(PrinterLanguage.ZPL, "text/plain"))).isEqualTo(one);
        assertThat(scanned(LabelScan.of(PrinterLanguage.RAW, "text/zpl"))).isEqualTo(one);
        assertThat(scanned(LabelScan.of(PrinterLanguage.RAW, null))).isNull();
        assertThat(scanned(LabelScan.of(PrinterLanguage.EPL, "text/plain"))).isNull();
    }

    private static @Nullable Labels scanned(LabelScan scan) {
        assertThat(scan.scanned(LABEL)).isSameAs(LABEL);
        return scan.labels();
    }
}
