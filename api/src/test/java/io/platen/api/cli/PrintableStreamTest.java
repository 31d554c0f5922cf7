package io.platen.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class PrintableStreamTest {
    @Test
    void nothingSteersTheTerminal() throws IOException {
        assertThat(written("job \u001b[2J\r\u009b1m\u0007 \u202eevil\u202c \ufeff\n"))
                .isEqualTo("job \\u001b[2J\\u000d\\u009b1m\\u0007 \\u202eevil\\u202c \\ufeff\n");
    }

    @Test
    void whatPeopleReadStays() throws IOException {
        String text = "Étikett für Dock 4 → 5 € \u00a0 日本語 \ud83d\udda8 \ufb01 ◀──▶ …\n";

        assertThat(written(text)).isEqualTo(text);
    }

    private static String written(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new PrintableStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
