package io.platen.api.http.door;

import static org.assertj.core.api.Assertions.assertThat;

import akka.util.ByteString;
import io.platen.api.http.door.HeadGuard.BadHead;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MessagesTest {

    /** Lines end where it says; each message stands with what follows it, cut at every place. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "",
            value = {
                "GET / HTTP/1.1\\r\\nHost: h\\r\\n\\r\\n|",
                "\\r\\nGET / HTTP/1.1\\r\\nHost: h\\r\\n\\r\\n|NO_REQUEST_LINE",
                "POST / HTTP/1.1\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n2 d\\r\\nabc|CHUNK_SIZE",
                "POST / HTTP/1.1\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n\\r\\nabc|CHUNK_SIZE",
                "POST / HTTP/1.1\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n-1\\r\\nabc|CHUNK_SIZE",
                "GET / HTTP/1.0\\r\\n\\r\\n|",
                "POST / HTTP/1.1\\r\\nContent-Length: 6\\r\\n\\r\\na\\n b\\nc|",
                "POST / HTTP/1.0\\r\\ncontent-length:  3\\r\\n\\r\\n\\n\\n\\n|",
                "POST / HTTP/1.1\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n3;x=y\\r\\n\\n \\n\\r\\n0\\r\\nA: b\\r\\n\\r\\n|",
                "POST / HTTP/1.1\\r\\nTransfer-Encoding: Chunked\\r\\n\\r\\nA\\r\\n0123456789\\r\\n0\\r\\n\\r\\n|",
                "NONSENSE\\r\\n\\r\\n|NO_REQUEST_LINE",
                "GET / HTTP/1.1\\nHost: h\\r\\n\\r\\n|BARE_LINE_FEED",
                "GET / HTTP/1.1\\r\\nHost: h\\n\\r\\n|BARE_LINE_FEED",
                "GET / HTTP/1.1\\r\\nHost: h\\r\\n\\n|BARE_LINE_FEED",
                "\\nGET / HTTP/1.1\\r\\nHost: h\\r\\n\\r\\n|BARE_LINE_FEED",
                "POST / HTTP/1.1\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n3\\nabc\\r\\n0\\r\\n\\r\\n|BARE_LINE_FEED",
                "POST / HTTP/1.1\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n3\\r\\nabc\\n0\\r\\n\\r\\n|BARE_LINE_FEED",
                "POST / HTTP/1.1\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n0\\r\\nA: b\\n\\r\\n|BARE_LINE_FEED",
                "GET / HTTP/1.1\\r\\nHost: h\\r\\nA: b\\r\\n c\\r\\n\\r\\n|FOLDED_LINE",
                "GET / HTTP/1.1\\r\\nHost: h\\r\\nA: b\\r\\n\\tc\\r\\n\\r\\n|FOLDED_LINE",
                "POST / HTTP/1.0\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n|CHUNKED_HTTP_1_0",
                "POST / HTTP/1.0\\r\\ntransfer-encoding: gzip, chunked\\r\\n\\r\\n|CHUNKED_HTTP_1_0"
            })
    void whatCanBeReadInTwoWaysIsRefused(String text, @Nullable BadHead expected) {
        String message = text.replace("\\r", "\r").replace("\\n", "\n").replace("\\t", "\t");
        String next = "GET /next HTTP/1.1\r\n\r\n";
        ByteString all = ByteString.fromString(message + next);
        for (int cut = 0; cut <= message.length(); cut++) {
            var messages = new Messages();
            int first = messages.read(all.take(cut));
            int second = messages.refusal() == null ? messages.read(all.drop(cut)) : -1;

            assertThat(messages.refusal()).as("cut at " + cut).isEqualTo(expected);
            if (expected == null) {
                assertThat(first).isLessThanOrEqualTo(cut);
                assertThat(second).as("all is whole, cut at " + cut).isEqualTo(all.size() - cut);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"GET / HTTP/1.1, -1", "'GET / HTTP/1.1\r\nHost: h\r\n', -1", "'GET / HTTP/1.1\r\n\r\nGET /b', 18"})
    void headIsHeldUntilItIsWhole(String text, int whole) {
        assertThat(new Messages().read(ByteString.fromString(text))).isEqualTo(whole);
    }

    @Test
    void headsAreBounded() {
        var large = new Messages();
        large.read(ByteString.fromString("GET / HTTP/1.1\r\n"));
        for (int i = 0; i < 20; i++) {
            large.read(ByteString.fromString("X: " + "x".repeat(1000) + "\r\n"));
        }
        assertThat(large.refusal()).isEqualTo(BadHead.HEAD_TOO_LARGE);
        var endless = new Messages();
        endless.read(ByteString.fromString("x".repeat(20_000)));
        assertThat(endless.refusal()).isEqualTo(BadHead.LINE_TOO_LONG);
    }
}
