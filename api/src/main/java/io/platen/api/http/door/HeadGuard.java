package io.platen.api.http.door;

import akka.http.javadsl.model.HttpResponse;
import akka.stream.Attributes;
import akka.stream.FlowShape;
import akka.stream.Inlet;
import akka.stream.Outlet;
import akka.stream.TLSProtocol.SessionBytes;
import akka.stream.TLSProtocol.SslTlsInbound;
import akka.stream.stage.AbstractInHandler;
import akka.stream.stage.AbstractOutHandler;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;
import akka.stream.stage.TimerGraphStageLogic;
import akka.util.ByteString;
import io.platen.api.http.problem.ProblemType;
import io.platen.api.http.problem.Responses;
import java.time.Duration;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Checks a client's bytes before Akka HTTP parses them. It holds a request's head until the head is complete, and limits the
 * time for that. It refuses a head that two readers could read in two ways (RFC 9112, sections 2.2, 5.2 and 6.1): a line that
 * ends without a carriage return, a folded header line, or HTTP/1.0 with chunks.
 *
 * <p>Akka HTTP has no setting for these checks. When it cannot parse a request, it sends an answer and closes the connection.
 * So the guard replaces a refused head by a request with an unknown method, which {@link ParsingProblems} recognizes.
 */
final class HeadGuard extends GraphStage<FlowShape<SslTlsInbound, SslTlsInbound>> {
    private final Inlet<SslTlsInbound> in = Inlet.create("HeadGuard.in");
    private final Outlet<SslTlsInbound> out = Outlet.create("HeadGuard.out");
    private final FlowShape<SslTlsInbound, SslTlsInbound> shape = FlowShape.of(in, out);
    private final Duration patience;

    /**
     * Guards one new connection.
     *
     * @param patience how long a head may take: the first one counts from the start of the connection, each later one from
     *     its own first byte
     */
    HeadGuard(Duration patience) {
        this.patience = patience;
    }

    @Override
    public FlowShape<SslTlsInbound, SslTlsInbound> shape() {
        return shape;
    }

    @Override
    public GraphStageLogic createLogic(Attributes attributes) {
        return new Logic();
    }

    private final class Logic extends TimerGraphStageLogic {
        private static final String HEAD = "head";

        private final Messages messages = new Messages();
        private ByteString held = ByteString.emptyByteString();
        private @Nullable SSLSession session;
        private boolean refused;
        private boolean timed;

        Logic() {
            super(shape);
            setHandler(in, new AbstractInHandler() {
                @Override
                public void onPush() {
                    SslTlsInbound next = grab(in);
                    if (refused) {
                        pull(in);
                    } else if (next instanceof SessionBytes sent) {
                        session = sent.session();
                        read(sent.bytes());
                    } else {
                        push(out, next);
                    }
                }
            });
            setHandler(out, new AbstractOutHandler() {
                @Override
                public void onPull() {
                    if (!hasBeenPulled(in)) {
                        pull(in);
                    }
                }
            });
        }

        @Override
        public void preStart() {
            scheduleOnce(HEAD, patience);
            timed = true;
        }

        private void read(ByteString bytes) {
            int whole = messages.read(bytes);
            BadHead refusal = messages.refusal();
            ByteString all = held.isEmpty() ? bytes : held.concat(bytes);
            int ready = whole < 0 ? 0 : held.size() + whole;
            if (refusal != null) {
                refuse(all.take(ready), refusal);
                return;
            }
            held = ready == all.size()
                    ? ByteString.emptyByteString()
                    : all.drop(ready).compact();
            time();
            if (ready == 0) {
                pull(in);
            } else {
                push(out, new SessionBytes(session, ready == all.size() ? all : all.take(ready)));
            }
        }

        private void time() {
            boolean isInHead = !held.isEmpty();
            if (isInHead && !timed) {
                scheduleOnce(HEAD, patience);
            } else if (!isInHead && timed) {
                cancelTimer(HEAD);
            }
            timed = isInHead;
        }

        /** Replaces the head by a request with an unknown method. Complete requests before it still pass. */
        private void refuse(ByteString whole, BadHead refusal) {
            refused = true;
            held = ByteString.emptyByteString();
            cancelTimer(HEAD);
            ByteString unknownRequest = ByteString.fromString(refusal.method() + " / HTTP/1.1\r\n\r\n");
            emit(out, new SessionBytes(session, whole.concat(unknownRequest)));
        }

        @Override
        public void onTimer(Object key) {
            if (session == null) {
                // The client has not sent a byte, so it does not wait for an answer.
                completeStage();
            } else {
                refuse(ByteString.emptyByteString(), BadHead.HEAD_TOO_SLOW);
            }
        }
    }

    enum BadHead {
        HEAD_TOO_SLOW("platen-slow", "The head of the request did not arrive in time (platen.http.head-patience)"),
        HEAD_TOO_LARGE("platen-large", "The head of the request is longer than 16 KiB"),
        LINE_TOO_LONG("platen-long", "The first line of the request is longer than 16 KiB"),
        CHUNK_SIZE("platen-chunk", "A chunk's size is not a hexadecimal number (RFC 9112, section 7.1)"),
        NO_REQUEST_LINE("platen-no-line", "The first line is not a request line (RFC 9112, section 3)"),
        BARE_LINE_FEED("platen-bare-lf", "A line ends without a carriage return (RFC 9112, section 2.2)"),
        FOLDED_LINE("platen-fold", "A header line is folded (RFC 9112, section 5.2)"),
        CHUNKED_HTTP_1_0("platen-chunked", "HTTP/1.0 does not allow chunks (RFC 9112, section 6.1)");

        private final String method;
        private final String explanation;

        BadHead(String method, String explanation) {
            this.method = method;
            this.explanation = explanation;
        }

        String method() {
            return method;
        }

        HttpResponse response() {
            ProblemType type = switch (this) {
                case HEAD_TOO_SLOW -> ProblemType.HEAD_TOO_SLOW;
                case HEAD_TOO_LARGE -> ProblemType.HEADERS_TOO_LARGE;
                case LINE_TOO_LONG -> ProblemType.URI_TOO_LONG;
                case CHUNK_SIZE, NO_REQUEST_LINE, BARE_LINE_FEED, FOLDED_LINE, CHUNKED_HTTP_1_0 ->
                    ProblemType.BAD_REQUEST;
            };
            return Responses.problem(type, explanation + ".");
        }
    }
}
