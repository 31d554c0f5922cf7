package io.platen.api.http.door;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.stream.TLSProtocol.SessionBytes;
import akka.stream.TLSProtocol.SslTlsInbound;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import io.platen.api.http.door.HeadGuard.BadHead;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole requests pass as they came; what two readers could read in two ways does not. */
final class HeadGuardTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final String POST = "POST /v1 HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nlabel";

    private static ActorTestKit kit;

    @BeforeAll
    static void start() {
        kit = ActorTestKit.create();
    }

    @AfterAll
    static void stop() {
        kit.shutdownTestKit();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 1000})
    void wholeRequestsPassHoweverTheyAreCut(int pieceSize) throws Exception {
        assertThat(guarded(GET + POST + GET, pieceSize)).isEqualTo(GET + POST + GET);
    }

    @Test
    void headThatIsNotWholeIsHeldBack() throws Exception {
        assertThat(guarded(POST + "GET / HTTP/1.1\r\nHost: x\r\n", 3)).isEqualTo(POST);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET / HTTP/1.1\\nHost: x\\r\\n\\r\\n                                        | BARE_LINE_FEED
            GET / HTTP/1.1\\r\\nHost: x\\r\\n  folded\\r\\n\\r\\n                       | FOLDED_LINE
            POST / HTTP/1.0\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n0\\r\\n\\r\\n     | CHUNKED_HTTP_1_0
            """)
    void ambiguousRequestIsReplacedByOneThatNobodyHas(String request, BadHead refusal) throws Exception {
        String sent = GET + request.replace("\\r", "\r").replace("\\n", "\n");

        for (int pieceSize : new int[] {1, 5, 1000}) {
            assertThat(guarded(sent + GET, pieceSize))
                    .as("in pieces of %d", pieceSize)
                    .isEqualTo(GET + refusal.method() + " / HTTP/1.1\r\n\r\n");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "HEAD_TOO_SLOW, 408",
        "HEAD_TOO_LARGE, 431",
        "LINE_TOO_LONG, 414",
        "CHUNK_SIZE, 400",
        "NO_REQUEST_LINE, 400",
        "BARE_LINE_FEED, 400",
        "FOLDED_LINE, 400",
        "CHUNKED_HTTP_1_0, 400"
    })
    void refusalHasItsStatus(BadHead refusal, int status) {
        assertThat(refusal.response().status().intValue()).isEqualTo(status);
    }

    private static String guarded(String sent, int pieceSize) throws Exception {
        var pieces = new ArrayList<SslTlsInbound>();
        for (int from = 0; from < sent.length(); from += pieceSize) {
            String piece = sent.substring(from, Math.min(sent.length(), from + pieceSize));
            pieces.add(new SessionBytes(null, ByteString.fromString(piece, ISO_8859_1)));
        }
        List<SslTlsInbound> passed = Source.from(pieces)
                .via(new HeadGuard(Duration.ofHours(1)))
                .runWith(Sink.seq(), kit.system())
                .toCompletableFuture()
                .get(10, SECONDS);
        var text = new StringBuilder();
        for (SslTlsInbound part : passed) {
            text.append(((SessionBytes) part).bytes().decodeString(ISO_8859_1));
        }
        return text.toString();
    }
}
