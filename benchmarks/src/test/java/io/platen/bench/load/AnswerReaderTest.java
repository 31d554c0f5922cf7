package io.platen.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class AnswerReaderTest {
    private static final String ACCEPTED = "HTTP/1.1 201 Created\r\nServer: x\r\nContent-Length: 5\r\n\r\nhello";
    private static final String REFUSED = "HTTP/1.1 429 Too Many\r\ncontent-length:0\r\n\r\n";

    @Test
    void findsTheEndOfEachAnswerHoweverTheBytesAreSplit() {
        byte[] both = (ACCEPTED + REFUSED).getBytes(StandardCharsets.US_ASCII);
        for (int at = 1; at < both.length; at++) {
            var reader = new AnswerReader();
            var in = ByteBuffer.allocate(1024);
            in.put(both, 0, at);
            assertThat(reader.isComplete(in)).as("split at %d", at).isEqualTo(at >= ACCEPTED.length());
            in.put(both, at, both.length - at);
            assertThat(reader.isComplete(in)).isTrue();
            assertThat(reader.status(in)).isEqualTo(201);
            assertThat(reader.bodyStart(in)).isEqualTo(0x68656c6c);
            reader.next(in);
            assertThat(reader.isComplete(in)).isTrue();
            assertThat(reader.status(in)).isEqualTo(429);
            assertThat(reader.bodyStart(in)).isZero();
            reader.next(in);
            assertThat(reader.isComplete(in)).isFalse();
        }
    }

    @Test
    void refusesAnswersOfUnknownLength() {
        var in = ByteBuffer.allocate(1024);
        in.put("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        var reader = new AnswerReader();
        assertThatThrownBy(() -> reader.isComplete(in)).hasMessageContaining("no Content-Length");
    }
}
