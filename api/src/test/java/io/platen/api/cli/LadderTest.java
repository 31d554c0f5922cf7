package io.platen.api.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.platen.api.wire.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

final class LadderTest {

    @Test
    void sketchesWhoSentWhat() throws Exception {
        var transcript = Json.parse("""
                [{"at":"+0.000100s","side":"us","event":"syn","note":"waiting 5000 ms at most"},
                 {"at":"+0.000300s","side":"printer","event":"connected","note":"10.0.0.1:4711 to 10.0.0.5:9100"},
                 {"at":"+0.000400s","side":"us","event":"data","bytes":1024},
                 {"at":"+1.000400s","side":"network","event":"stall","note":"retransmitting"},
                 {"at":"+2.000400s","side":"us","event":"close","note":"in CLOSE"}]""");
        var out = new ByteArrayOutputStream();
        Ladder.print(transcript, new PrintStream(out, true, UTF_8));

        var lines = out.toString(UTF_8).lines().toList();
        assertThat(lines.get(0)).contains("us").endsWith("printer");
        assertThat(lines.get(1))
                .startsWith("  +0.000100s   ├")
                .contains(" syn ")
                .contains("▶│  waiting 5000 ms");
        assertThat(lines.get(2)).contains("│◀").contains(" connected ").contains("┤  10.0.0.1:4711");
        assertThat(lines.get(3)).contains(" data 1,024 ").endsWith("▶│");
        assertThat(lines.get(4)).contains("╳ stall ╳").endsWith("│  retransmitting");
        assertThat(lines.get(5)).contains("■ close ").endsWith("│  in CLOSE");
        // The printer's side stands in one column.
        assertThat(lines.subList(1, 6))
                .allSatisfy(line -> assertThat(line.charAt(50)).isIn('│', '┤'));
    }
}
