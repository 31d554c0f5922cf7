package io.platen.printer.connection;

import static io.platen.printer.connection.ConnectionTester.LONG;
import static io.platen.printer.connection.ConnectionTester.failure;
import static io.platen.printer.connection.ConnectionTester.random;
import static io.platen.printer.connection.ConnectionTester.steps;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import io.platen.printer.ConnectionPolicy;
import io.platen.printer.connection.Capture.Packet;
import io.platen.printer.diagnosis.Cause;
import io.platen.printer.diagnosis.Confidence;
import io.platen.printer.diagnosis.DeliveryResult.Delivered;
import io.platen.printer.diagnosis.EndedBy;
import io.platen.printer.diagnosis.Errno;
import io.platen.printer.diagnosis.Rung;
import io.platen.printer.simulator.Fault;
import io.platen.printer.simulator.SimulatedPrinter;
import io.platen.printer.simulator.SimulatorSettings;
import io.platen.printer.transport.PrinterTransport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What takes a network to go wrong: each attempt's diagnosis beside a packet capture of it. Needs root,
 * iproute2, iptables and tcpdump.
 */
@Tag("network")
final class NetworkIT {
    private static Network network;
    private static ActorTestKit kit;
    private static PrinterTransport transport;

    private SimulatedPrinter printer;
    private Capture capture;
    private ConnectionTester line;

    @BeforeAll
    static void build() {
        network = Network.create();
        // From here on every thread that is started is born on the host.
        network.enterHost();
        kit = ActorTestKit.create();
        transport = PrinterTransport.create(1);
    }

    @AfterAll
    static void remove() {
        if (network != null) {
            kit.shutdownTestKit();
            transport.close();
            network.leave();
            network.close();
        }
    }

    @BeforeEach
    void start() {
        printer = network.atPrinter(
                () -> SimulatedPrinter.start(new SimulatorSettings(Network.PRINTER, 0, 0, 0, Fault.none(), null)));
        capture = Capture.start(network);
        line = new ConnectionTester(kit, transport);
        line.stall = Duration.ofSeconds(2);
    }

    @AfterEach
    void stop() {
        line.close();
        network.heal();
        capture.close();
        printer.close();
    }

    @Test
    void blackHoleInTheMiddleIsAbortedWithinTheStallTimeout() {
        pausedInTheMiddle();
        network.rule("-j", "DROP");
        printer.pause(false);

        long start = System.nanoTime();
        var failure = failure(line.end());
        assertThat(failure.cause()).as(failure.toString()).isEqualTo(Cause.CONNECTION_ABORTED);
        assertThat(failure.endedBy()).isEqualTo(EndedBy.NETWORK);
        assertThat(failure.errno()).isEqualTo(Errno.ETIMEDOUT);
        assertThat(failure.cause().wsa(failure.errno())).isEqualTo(10053);
        // Linux alone would take 939 s; here it is the stall timeout and a few looks at the line.
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));

        awaitCapture(() -> ours(p -> p.has("R")) > 0);
        assertThat(theirs(p -> p.has("R") || p.has("F"))).isZero();

        network.heal();
        assertThat(line.deliver(random(1000))).isInstanceOf(Delivered.class);
    }

    @Test
    void blackHoleWhileDataIsUnderWayShowsRetransmissions() {
        // The second half leaves when the first is read and the way is cut: its window is open.
        var secondHalf = new CompletableFuture<ByteString>();
        Source<ByteString, ?> job =
                Source.single(ByteString.fromArray(random(1000))).concat(Source.completionStage(secondHalf));
        line.connect(uri()).send(job, 2000);
        line.owner().awaitAssert(LONG, () -> {
            assertThat(printer.bytes()).isEqualTo(1000);
            return null;
        });
        network.rule("-j", "DROP");
        secondHalf.complete(ByteString.fromArray(random(1000)));

        var failure = failure(line.end());
        assertThat(failure.cause()).as(failure.toString()).isEqualTo(Cause.CONNECTION_ABORTED);
        assertThat(failure.tcp()).isNotNull();
        assertThat(failure.tcp().retransmits()).isPositive();
        assertThat(failure.tcp().timer()).isEqualTo("retransmission");
        assertThat(steps(failure.transcript())).contains("network silence");
        assertThat(theirs(p -> p.has("R") || p.has("F"))).isZero();
    }

    /** The persist timer, not retransmission: a zero window alone proves nothing. */
    @Test
    void printerThatVanishesWhileItsWindowIsClosedIsGone() {
        printer.pause(true);
        line.connect(uri()).send(random(5_000_000));
        line.awaitStatus(status -> status.stalledSince() != null);
        network.rule("-j", "DROP");

        var failure = failure(line.end(Duration.ofSeconds(60)));
        assertThat(failure.cause()).as(failure.toString()).isEqualTo(Cause.CONNECTION_ABORTED);
        assertThat(failure.tcp()).isNotNull();
        assertThat(failure.tcp().timer()).isEqualTo("persist");
        assertThat(failure.tcp().peerWindow()).isZero();
        assertThat(steps(failure.transcript())).containsSubsequence("printer stall", "network silence", "us rst");
        assertThat(capture.packets().stream().filter(p -> !p.isOurs()).anyMatch(p -> p.window() == 0))
                .isTrue();
        assertThat(theirs(p -> p.has("R") || p.has("F"))).isZero();
    }

    @Test
    void resetByABoxInBetweenLooksLikeThePrintersAndIsOnlyLikely() {
        line.connect(uri()).deliver(random(1000));
        slowly();
        network.rule("-s", Network.HOST, "-p", "tcp", "-j", "REJECT", "--reject-with", "tcp-reset");

        var failure = failure(line.end());
        assertThat(failure.cause()).as(failure.toString()).isEqualTo(Cause.CONNECTION_RESET);
        assertThat(failure.endedBy()).isEqualTo(EndedBy.PRINTER);
        assertThat(failure.confidence()).isEqualTo(Confidence.LIKELY);
        assertThat(failure.tcp()).isNotNull();
        assertThat(failure.tcp().state()).isEqualTo("CLOSE");
        awaitCapture(() -> theirs(p -> p.has("R")) > 0);
        assertThat(capture.packets().stream().filter(p -> p.has("R")).findFirst())
                .hasValueSatisfying(first -> assertThat(first.isOurs()).isFalse());
    }

    @Test
    void lostFinOfThePrinterIsACloseTimeoutInFinWait2AndLeavesNoSocket() {
        network.rule("-s", Network.PRINTER, "-p", "tcp", "--tcp-flags", "FIN", "FIN", "-j", "DROP");

        var delivered = (Delivered) line.connect(uri()).deliver(random(5000));
        assertThat(delivered.rung()).isEqualTo(Rung.ACKNOWLEDGED);
        assertThat(delivered.warning()).isNotNull();
        assertThat(delivered.warning().cause()).isEqualTo(Cause.CLOSE_TIMEOUT);
        assertThat(delivered.warning().endedBy()).isEqualTo(EndedBy.PRINTER);
        assertThat(delivered.warning().tcp()).isNotNull();
        assertThat(delivered.warning().tcp().state()).isEqualTo("FIN_WAIT_2");
        awaitCapture(() -> ours(p -> p.has("F")) > 0);
        assertThat(theirs(p -> p.has("F"))).isZero();
        awaitNoSocket();
    }

    @Test
    void lostFinOfOursIsACloseTimeoutInFinWait1ByTheNetworkAndLeavesNoSocket() {
        network.rule("-s", Network.HOST, "-p", "tcp", "--tcp-flags", "FIN", "FIN", "-j", "DROP");
        line.close = Duration.ofSeconds(2);

        var delivered = (Delivered) line.connect(uri()).deliver(random(5000));
        assertThat(delivered.warning()).isNotNull();
        assertThat(delivered.warning().cause()).isEqualTo(Cause.CLOSE_TIMEOUT);
        assertThat(delivered.warning().endedBy()).isEqualTo(EndedBy.NETWORK);
        assertThat(delivered.warning().tcp()).isNotNull();
        assertThat(delivered.warning().tcp().state()).isEqualTo("FIN_WAIT_1");
        awaitCapture(() -> ours(p -> p.has("F")) > 1);
        assertThat(theirs(p -> p.has("F"))).isZero();
        awaitNoSocket();
    }

    @Test
    void droppedSynIsAConnectTimeout() {
        line.connectTimeout = Duration.ofMillis(1500);
        network.rule("-p", "tcp", "--syn", "-j", "DROP");

        var failure = failure(line.connect(uri()).deliver(random(1000)));
        assertThat(failure.cause()).isEqualTo(Cause.CONNECT_TIMEOUT);
        assertThat(failure.endedBy()).isEqualTo(EndedBy.NETWORK);
        assertThat(failure.confidence()).isEqualTo(Confidence.UNKNOWN);
        awaitCapture(() -> ours(p -> p.has("S")) > 1);
        assertThat(theirs(p -> true)).isZero();
    }

    @Test
    void closedPortIsRefusedByThePrintersMachine() {
        String gone = uri();
        printer.close();

        var failure = failure(line.connect(gone).deliver(random(1000)));
        assertThat(failure.cause()).isEqualTo(Cause.CONNECTION_REFUSED);
        assertThat(failure.endedBy()).isEqualTo(EndedBy.PRINTER);
        awaitCapture(() -> theirs(p -> p.has("R")) > 0);
    }

    @Test
    void routerWithoutARouteSaysUnreachable() {
        network.atRouter("ip", "route", "add", "unreachable", Network.PRINTER + "/32");
        try {
            var failure = failure(line.connect(uri()).deliver(random(1000)));
            assertThat(failure.cause()).isEqualTo(Cause.HOST_UNREACHABLE);
            assertThat(failure.endedBy()).isEqualTo(EndedBy.NETWORK);
            assertThat(failure.errno()).isEqualTo(Errno.EHOSTUNREACH);
            assertThat(failure.cause().wsa(failure.errno())).isEqualTo(10065);
            awaitCapture(() -> capture.packets().stream().anyMatch(p -> p.line().contains("unreachable")));
        } finally {
            network.atRouter("ip", "route", "delete", "unreachable", Network.PRINTER + "/32");
        }
    }

    @Test
    void hostWithoutARouteSaysNetworkUnreachable() {
        network.atHost("ip", "route", "delete", "default");
        try {
            var failure = failure(line.connect(uri()).deliver(random(1000)));
            assertThat(failure.cause()).isEqualTo(Cause.HOST_UNREACHABLE);
            assertThat(failure.errno()).isEqualTo(Errno.ENETUNREACH);
            assertThat(failure.cause().wsa(failure.errno())).isEqualTo(10051);
            // The printer's end of an earlier connection may still say goodbye.
            assertThat(capture.packets()).noneMatch(packet -> packet.flags().contains("S"));
        } finally {
            network.atHost("ip", "route", "add", "default", "via", "10.98.1.1");
        }
    }

    @Test
    void addressThatNobodyHasIsUnreachable() {
        line.connectTimeout = Duration.ofSeconds(15);

        var failure =
                failure(line.connect("socket://" + Network.NOBODY + ":9100").deliver(random(1000)));
        assertThat(failure.cause()).isEqualTo(Cause.HOST_UNREACHABLE);
        assertThat(failure.errno()).isEqualTo(Errno.EHOSTUNREACH);
    }

    /** Four ports: closed connections hold theirs in TIME_WAIT. No job is lost, none counts as failed. */
    @Test
    void hostWithoutAFreePortSaysSoAndGoesOnWhenOneIsFree() throws IOException {
        String before = network.atHost("cat", "/proc/sys/net/ipv4/ip_local_port_range");
        network.atHost("sh", "-c", "echo 45000 45003 > /proc/sys/net/ipv4/ip_local_port_range");
        List<Socket> others = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                var other = new Socket();
                other.setSoLinger(true, 0);
                other.connect(new InetSocketAddress(Network.PRINTER, printer.port()), 5000);
                others.add(other);
            }
            var failure = failure(line.connect(uri()).deliver(random(1000)));
            assertThat(failure.cause()).isEqualTo(Cause.NO_LOCAL_PORT);
            assertThat(failure.endedBy()).isEqualTo(EndedBy.THIS_HOST);
            assertThat(failure.errno()).isEqualTo(Errno.EADDRNOTAVAIL);
            assertThat(failure.bytes().anySent()).isFalse();
            assertThat(capture.packets().stream().filter(p -> p.isOurs() && p.has("S")))
                    .hasSize(4);

            for (Socket other : others) {
                other.close();
            }
            assertThat(line.deliver(random(1000))).isInstanceOf(Delivered.class);
        } finally {
            for (Socket other : others) {
                other.close();
            }
            network.atHost("sh", "-c", "echo " + before.strip() + " > /proc/sys/net/ipv4/ip_local_port_range");
        }
    }

    /** Its own end has forgotten the connection without a word, as after a power cut. */
    @Test
    void keptOpenConnectionToAPrinterThatLostPowerIsReplacedBeforeTheJobIsSent() {
        line.policy = ConnectionPolicy.KEEP_OPEN;
        line.mayRepeat = false;
        line.connect(uri());
        assertThat(line.deliver(random(5000))).isInstanceOf(Delivered.class);

        // The reset that a restart sends never arrives.
        network.rule("-s", Network.PRINTER, "-p", "tcp", "--tcp-flags", "RST", "RST", "-j", "DROP");
        network.atPrinter(() -> {
            printer.restart();
            return printer;
        });
        awaitSilence();

        assertThat(line.deliver(random(5000))).isInstanceOf(Delivered.class);
        line.awaitConnections(printer, 2);
    }

    private String uri() {
        return printer.uri();
    }

    /** A job of which some is taken and more is to come, and then nothing moves. */
    private void pausedInTheMiddle() {
        line.connect(uri()).deliver(random(1000));
        slowly();
        printer.pause(true);
    }

    private void slowly() {
        line.send(random(40_000_000));
        line.owner().awaitAssert(LONG, () -> {
            assertThat(printer.bytes()).isGreaterThan(100_000);
            return null;
        });
    }

    private long ours(Predicate<Packet> wanted) {
        return capture.ours(wanted);
    }

    private long theirs(Predicate<Packet> wanted) {
        return capture.theirs(wanted);
    }

    private void awaitCapture(BooleanSupplier wanted) {
        line.owner().awaitAssert(LONG, () -> {
            assertThat(wanted.getAsBoolean())
                    .as(() -> "the capture has %d packets"
                            .formatted(capture.packets().size()))
                    .isTrue();
            return null;
        });
    }

    /** Until the line has been silent for longer than the check before its reuse lets pass. */
    private void awaitSilence() {
        int seen = capture.packets().size();
        line.owner().expectNoMessage(Duration.ofMillis(1500));
        assertThat(capture.packets().size()).isGreaterThanOrEqualTo(seen);
    }

    private void awaitNoSocket() {
        line.owner().awaitAssert(LONG, () -> {
            assertThat(network.atHost("cat", "/proc/net/tcp").lines().skip(1).toList())
                    .noneMatch(row -> row.contains(":%04X ".formatted(printer.port())) && !row.contains(" 06 "));
            return null;
        });
    }
}
