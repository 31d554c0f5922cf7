package io.platen.api.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A failure's folder as one file. */
final class EvidenceZipTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    @TempDir
    private Path folder;

    @BeforeEach
    void fill() throws IOException {
        Files.writeString(folder.resolve("log.txt"), "lines");
        Files.writeString(folder.resolve("document"), "^XA^XZ".repeat(50_000));
        Files.setLastModifiedTime(folder.resolve("document"), FileTime.from(NOON));
    }

    @Test
    void hasEachFileBelowOneFolder() throws IOException {
        var out = new ByteArrayOutputStream();

        EvidenceZip.write(folder, "dock-1-17", out);

        Map<String, String> files = unzip(out.toByteArray());
        assertThat(files.keySet()).containsExactly("dock-1-17/document", "dock-1-17/log.txt");
        assertThat(files).containsEntry("dock-1-17/log.txt", "lines");
        assertThat(files.get("dock-1-17/document")).isEqualTo("^XA^XZ".repeat(50_000));
    }

    /** Half of the evidence must not look like the whole. */
    @Test
    void brokenOffZipIsNoValidOne() {
        var out = new ByteArrayOutputStream();
        var full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                if (out.size() >= 300) {
                    throw new IOException("the reader has left");
                }
                out.write(b);
            }
        };

        assertThatThrownBy(() -> EvidenceZip.write(folder, "x", full)).hasMessage("the reader has left");
        assertThatThrownBy(() -> unzip(out.toByteArray())).isInstanceOf(IOException.class);
    }

    private static Map<String, String> unzip(byte[] bytes) throws IOException {
        var files = new LinkedHashMap<String, String>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), new String(zip.readAllBytes(), UTF_8));
            }
        }
        return files;
    }
}
