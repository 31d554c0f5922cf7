package io.platen.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.management.UnixOperatingSystemMXBean;
import io.platen.api.Contract.Operation;
import io.platen.api.server.Server;
import io.platen.api.server.ServerSettings;
import io.platen.printer.simulator.SimulatedPrinter;
import io.platen.printer.simulator.SimulatorSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is sent to any route, the server answers with sense or hangs up, loses nothing of its own, and prints. */
final class FuzzIT {
    private static final int REQUESTS = Integer.getInteger("fuzz.requests", 10_000);
    private static final long SEED = Long.getLong("fuzz.seed", 20261121);
    private static final int ANSWER_WITHIN_MILLIS = 30_000;

    private static final List<String> WORDS = List.of(
            "",
            "0",
            "1",
            "-1",
            "2",
            "good",
            "nowhere",
            "99999999999999999999",
            "1e9",
            "NaN",
            "null",
            "true",
            "%00",
            "%2e%2e%2f",
            "..%2f..%2fetc%2fpasswd",
            "%c3%a4%e2%82%ac",
            "%f0%9f%96%a8",
            "%ff%fe",
            "a%2Fb",
            "%zz",
            "*",
            "'%22%3E%3Cscript%3E",
            "x".repeat(300),
            "x".repeat(3000),
            "2026-11-21T00:00:00Z",
            "media-empty",
            "pending",
            "::",
            "%20",
            "+",
            "&=&",
            ";");

    private static final List<String> HEADERS = List.of(
            "Content-Type: application/json",
            "Content-Type: text/plain; charset=nonsense",
            "Content-Type: ///",
            "Content-Type:",
            "Content-Digest: sha-256=:AAAA:",
            "Content-Digest: sha-256=nonsense",
            "Idempotency-Key: k",
            "Idempotency-Key: \u00e4\u00f6",
            "Range: bytes=0-0",
            "Range: bytes=9-1",
            "Range: bytes=a-b,c",
            "If-Match: \"x\"",
            "If-Match: *",
            "If-None-Match: *",
            "Last-Event-ID: -5",
            "Last-Event-ID: x",
            "Prefer: wait=0",
            "Prefer: wait=-1",
            "Prefer: wait=99999999999",
            "Accept: nonsense",
            "Accept-Encoding: gzip",
            "Content-Encoding: gzip",
            "Origin: null",
            "Expect: 100-continue",
            "Expect: nonsense",
            "traceparent: 00-zz",
            "Authorization: Basic x",
            "X: " + "y".repeat(5000),
            "Cookie: a=b; ; =",
            "Transfer-Encoding: gzip, chunked",
            "Host: another",
            "Connection: upgrade",
            "Upgrade: h2c");

    @TempDir
    static Path data;

    /** At once: most of the time goes by in waiting for what was announced and never comes. */
    private static final int CLIENTS = 32;

    private final ConcurrentMap<Integer, LongAdder> statuses = new ConcurrentHashMap<>();

    @Test
    void neitherFailsNorLeaks() throws Exception {
        Path config = Files.writeString(data.resolve("platen.conf"), """
                platen.http.max-job-size = 1 MiB
                platen.http.upload { least-per-second = 1 KiB, window = 1s }
                platen.spooler.active-jobs-limit = 1000
                """);
        Server server = Server.start(
                ServerSettings.read(new ServerSettings.Overrides(0, null, data.resolve("data"), config, false)));
        try (var printer = SimulatedPrinter.start(SimulatorSettings.healthy())) {
            var http = new Http(server.url());
            prepare(http, printer);
            URI url = URI.create(server.url());
            fuzz(url, printer.uri(), 640, SEED - 1);
            long files = settled(FuzzIT::openFiles);
            long threads = settled(() -> Thread.getAllStackTraces().size());
            fuzz(url, printer.uri(), REQUESTS, SEED);
            System.out.println("Answers by status, 0 where the server hung up: " + new TreeMap<>(statuses));
            assertThat(statuses.keySet()).contains(200, 201, 400, 404, 405, 413, 415, 422);

            prepare(http, printer);
            int job = http.submit("good", "^XA^FDafter^FS^XZ".getBytes(UTF_8), "?priority=100");
            http.awaitState("good", job, "completed");
            // The journal's tables and pooled threads may be some more; one of each per hundred requests would be a
            // leak.
            Eventually.is(FuzzIT::openFiles, now -> now <= files + 60);
            Eventually.is(() -> Thread.getAllStackTraces().size(), now -> now <= threads + 30);
            assertThat(http.get("/health/ready").status()).isEqualTo(200);
        } finally {
            server.stop();
        }
    }

    /** Whoever may do anything will remove the printer sooner or later. */
    private static final int REQUESTS_FOR_A_PRINTER = 20;

    private static void prepare(Http http, SimulatedPrinter printer) {
        http.printer("good", printer.uri());
        http.post("/v1/printers/good/resume");
        http.submit("good", "^XA^XZ".getBytes(UTF_8), "");
    }

    private void fuzz(URI url, String printer, int requests, long seed) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            var runs = new ArrayList<Future<?>>();
            for (int client = 0; client < CLIENTS; client++) {
                var sender = new Sender(url, printer, new Random(seed * CLIENTS + client));
                runs.add(clients.submit(() -> {
                    sender.send(requests / CLIENTS + 1);
                    return null;
                }));
            }
            for (Future<?> run : runs) {
                run.get();
            }
        } finally {
            clients.shutdownNow();
        }
    }

    /** A client with its own seed, so that a run can be repeated. */
    private final class Sender {
        private final URI url;
        private final String printer;
        private final Random random;

        Sender(URI url, String printer, Random random) {
            this.url = url;
            this.printer = printer;
            this.random = random;
        }

        void send(int requests) throws IOException {
            List<Operation> operations = Contract.load().operations();
            for (int i = 0; i < requests; i++) {
                if (i % REQUESTS_FOR_A_PRINTER == 0) {
                    // Others remove it at any moment.
                    var unused = new Http(url.toString()).put("/v1/printers/good", "{\"uri\":\"" + printer + "\"}");
                }
                byte[] request = request(operations.get(random.nextInt(operations.size())));
                check(request, send(url, request));
            }
        }

        private byte[] request(Operation operation) {
            var head = new StringBuilder();
            head.append(
                    chance(20)
                            ? pick(List.of("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "BREW"))
                            : operation.method());
            head.append(' ')
                    .append(path(operation))
                    .append(' ')
                    .append(chance(200) ? "HTTP/9.9" : "HTTP/1.1")
                    .append("\r\n");
            head.append("Host: localhost\r\n").append("Connection: close\r\n");
            for (int i = random.nextInt(4); i > 0; i--) {
                String header = pick(HEADERS);
                head.append(header).append("\r\n");
                if (chance(5)) {
                    head.append(header).append("\r\n");
                }
            }
            byte[] body = body(operation);
            if (body.length > 0 || chance(4)) {
                if (chance(3)) {
                    head.append("Transfer-Encoding: chunked\r\n\r\n")
                            .append(Integer.toHexString(chance(30) ? body.length + 7 : body.length))
                            .append("\r\n");
                    return joined(head, body, chance(10) ? "" : "\r\n0\r\n\r\n");
                }
                // Too long: the rest never comes. Too short: the rest is no request.
                int announced = chance(15)
                        ? body.length + 1 + random.nextInt(1000)
                        : chance(15) ? body.length / 2 : body.length;
                head.append("Content-Length: ")
                        .append(chance(100) ? "abc" : announced)
                        .append("\r\n");
            }
            return joined(head.append("\r\n"), body, "");
        }

        private String path(Operation operation) {
            var path = new StringBuilder();
            for (String segment : operation.path().substring(1).split("/", -1)) {
                path.append('/');
                boolean parameter = segment.startsWith("{");
                if (parameter && chance(2)) {
                    path.append(segment.equals("{printer}") ? "good" : "1");
                } else {
                    path.append(parameter || chance(30) ? pick(WORDS) : segment);
                }
            }
            if (chance(2)) {
                char separator = '?';
                for (String name : List.of(
                        "limit",
                        "after",
                        "state",
                        "name",
                        "copies",
                        "priority",
                        "hold",
                        "printer",
                        "types",
                        "since",
                        "cause",
                        "to",
                        "force",
                        "reason")) {
                    if (chance(5)) {
                        path.append(separator).append(name).append('=').append(pick(WORDS));
                        separator = '&';
                    }
                }
            }
            return path.toString();
        }

        private byte[] body(Operation operation) {
            JsonNode content = operation.description().path("requestBody").path("content");
            if (content.isMissingNode() && !chance(10)) {
                return new byte[0];
            }
            return switch (random.nextInt(7)) {
                case 0 -> new byte[0];
                case 1 -> {
                    var bytes = new byte[random.nextInt(chance(50) ? 2_000_000 : 3_000)];
                    random.nextBytes(bytes);
                    yield bytes;
                }
                case 2 -> "^XA^FDfuzz^FS^XZ".getBytes(UTF_8);
                case 3 -> ("[".repeat(random.nextInt(5000)) + "1").getBytes(UTF_8);
                default -> {
                    byte[] json = object(0).getBytes(UTF_8);
                    yield chance(5) ? Arrays.copyOf(json, random.nextInt(json.length + 1)) : json;
                }
            };
        }

        private String object(int depth) {
            var fields = new ArrayList<String>();
            Iterator<String> names = List.of(
                            "uri",
                            "language",
                            "tags",
                            "delivery",
                            "confirm",
                            "connection",
                            "attempts",
                            "backoff",
                            "timeouts",
                            "socket",
                            "rejectPattern",
                            "keepDocuments",
                            "printer",
                            "content",
                            "name",
                            "copies",
                            "priority",
                            "hold",
                            "contentType",
                            "idempotencyKey",
                            "cause",
                            "since",
                            "dryRun",
                            "to",
                            "reason",
                            "min",
                            "max",
                            "nonsense")
                    .iterator();
            while (names.hasNext()) {
                String name = names.next();
                if (chance(6)) {
                    fields.add("\"" + name + "\":" + value(depth));
                }
            }
            return "{" + String.join(",", fields) + "}";
        }

        private String value(int depth) {
            return switch (random.nextInt(depth > 3 ? 9 : 11)) {
                case 0 -> "null";
                case 1 -> "true";
                case 2 -> Integer.toString(random.nextInt(200) - 50);
                case 3 -> "1e400";
                case 4 -> "\"socket://127.0.0.1:" + random.nextInt(70_000) + "\"";
                case 5 -> "\"" + "\u00e4\u20ac".repeat(random.nextInt(300)) + "\"";
                case 6 -> "\"\\u0000\\ud800\"";
                case 7 -> "\"good\"";
                case 8 -> "\"5s\"";
                case 9 -> "[" + value(depth + 1) + "," + value(depth + 1) + "]";
                default -> object(depth + 1);
            };
        }

        private static byte[] joined(StringBuilder head, byte[] body, String end) {
            var all = new ByteArrayOutputStream();
            all.writeBytes(head.toString().getBytes(ISO_8859_1));
            all.writeBytes(body);
            all.writeBytes(end.getBytes(ISO_8859_1));
            return all.toByteArray();
        }

        /** Sends it, closes our half where nothing more comes, and reads the beginning of the answer. */
        private String send(URI url, byte[] request) throws IOException {
            try (var socket = new Socket(url.getHost(), url.getPort())) {
                socket.setSoTimeout(ANSWER_WITHIN_MILLIS);
                OutputStream out = socket.getOutputStream();
                try {
                    out.write(request);
                    out.flush();
                    if (chance(3)) {
                        socket.shutdownOutput();
                    }
                } catch (SocketException e) {
                    // It has answered and hung up before it had all.
                    return "";
                }
                return answer(socket.getInputStream());
            } catch (SocketException e) {
                return "";
            }
        }

        private boolean chance(int oneIn) {
            return random.nextInt(oneIn) == 0;
        }

        private <T> T pick(List<T> from) {
            return from.get(random.nextInt(from.size()));
        }
    }

    private void check(byte[] request, String answer) {
        String what = new String(request, 0, Math.min(request.length, 1500), ISO_8859_1);
        int status = 0;
        if (!answer.isEmpty()) {
            assertThat(answer).as(what).startsWith("HTTP/1.1 ");
            status = Integer.parseInt(answer.substring(9, 12));
            // 501 and 505 are the parser's words for what is no method and no version.
            assertThat(status)
                    .as("%s%n%s", what, answer)
                    .satisfiesAnyOf(
                            s -> assertThat(s).isLessThan(500),
                            s -> assertThat(s).isIn(501, 505));
            assertThat(answer).as(what).doesNotContain("\tat ", "Exception", "io.platen.");
        }
        statuses.computeIfAbsent(status, any -> new LongAdder()).increment();
    }

    /** The head, and what comes with it. */
    private static String answer(InputStream in) throws IOException {
        var buffer = new byte[16 * 1024];
        int length = 0;
        while (length < buffer.length) {
            int read = in.read(buffer, length, buffer.length - length);
            if (read < 0) {
                break;
            }
            length += read;
            String text = new String(buffer, 0, length, ISO_8859_1);
            // A stream of events does not end.
            if (text.contains("\r\n\r\n")) {
                return text;
            }
        }
        return new String(buffer, 0, length, ISO_8859_1);
    }

    private static long openFiles() {
        return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getOpenFileDescriptorCount();
    }

    /** The value when it has not grown less for a while. */
    private static long settled(LongSupplier value) {
        long least = value.getAsLong();
        long since = System.nanoTime();
        while (System.nanoTime() - since < 1_000_000_000L) {
            LockSupport.parkNanos(20_000_000);
            long now = value.getAsLong();
            if (now < least) {
                least = now;
                since = System.nanoTime();
            }
        }
        return least;
    }
}
