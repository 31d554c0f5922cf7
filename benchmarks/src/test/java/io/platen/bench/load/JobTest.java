package io.platen.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class JobTest {

    @Test
    void labelsHaveTheSizeAskedForAndANumberEach() {
        byte[] label = Job.label(1024);
        Job job = Job.of("HEAD\r\n\r\n".getBytes(StandardCharsets.US_ASCII), label);
        var out = ByteBuffer.allocate(4096);
        job.put(out, 123_456);
        job.put(out, 7);
        String text = new String(out.array(), 0, out.position(), StandardCharsets.US_ASCII);
        assertThat(label).hasSize(1024);
        assertThat(text).hasSize(2 * (8 + 1024));
        assertThat(text).startsWith("HEAD\r\n\r\n^XA").contains("^FDJOB=000000123456^FS", "^FDJOB=000000000007^FS");
        assertThat(text).endsWith("^FS^XZ\n");
    }
}
