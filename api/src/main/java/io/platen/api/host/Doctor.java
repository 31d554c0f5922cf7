package io.platen.api.host;

import static io.platen.api.host.HostSetting.Rating.HURTS;
import static io.platen.api.host.HostSetting.Rating.OK;
import static io.platen.api.host.HostSetting.Rating.WATCH;

import com.sun.jna.Function;
import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Platform;
import io.platen.api.host.HostSetting.Rating;
import io.platen.persistence.OwnerOnly;
import io.platen.printer.transport.Sysctl;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Compares the host with what Platen needs. It changes nothing, but for a file that it writes and removes again. */
public final class Doctor {
    private static final int TIME_WAIT_SECONDS = 60;
    private static final long FEWEST_PORTS = 10_000;
    private static final long MANY_PORTS = 20_000;
    private static final long FEWEST_FILES = 4_096;
    private static final long MANY_FILES = 16_384;
    private static final Duration SLOW_SYNC = Duration.ofMillis(50);
    private static final int SYNCS = 11;
    private static final Pattern OPEN_FILES = Pattern.compile("Max open files\\s+(\\S+)\\s+(\\S+)");
    private static final int TIMEX_BYTES = 208;
    private static final int TIME_ERROR = 5;

    private final Path data;
    private final long reserveBytes;
    private final List<HostSetting> found = new ArrayList<>();

    private Doctor(Path data, long reserveBytes) {
        this.data = data;
        this.reserveBytes = reserveBytes;
    }

    /**
     * Makes all comparisons.
     *
     * @param data the data directory, which need not exist yet
     * @param reserveBytes how much of the disk Platen keeps free
     */
    public static List<HostSetting> examine(Path data, long reserveBytes) {
        var doctor = new Doctor(data, reserveBytes);
        doctor.ports();
        doctor.timers();
        doctor.files();
        doctor.disk();
        doctor.mode();
        doctor.clock();
        return List.copyOf(doctor.found);
    }

    private void ports() {
        String name = "net.ipv4.ip_local_port_range";
        String needs =
                "%,d ports or more: each closed connection keeps one for %d s".formatted(MANY_PORTS, TIME_WAIT_SECONDS);
        String range = Sysctl.read(name).orElse(null);
        if (range == null) {
            found.add(HostSetting.unknown(name, needs));
        } else {
            String[] ends = range.split(" ", -1);
            long ports = Long.parseLong(ends[1]) - Long.parseLong(ends[0]) + 1;
            found.add(new HostSetting(
                    name,
                    "%s: %,d ports, %,d connections/s to one printer"
                            .formatted(range, ports, ports / TIME_WAIT_SECONDS),
                    needs,
                    atLeast(ports, FEWEST_PORTS, MANY_PORTS),
                    ports >= MANY_PORTS ? null : "sysctl -w " + name + "='32768 60999'"));
        }
        number(
                "net.ipv4.tcp_tw_reuse",
                "1 for printers with hundreds of per-job connections a second: lets new connections take the ports of closed ones",
                value -> OK,
                "1");
        number(
                "net.ipv4.tcp_max_tw_buckets",
                "%,d or more".formatted(MANY_PORTS),
                value -> atLeast(value, 1_000, MANY_PORTS),
                "262144");
    }

    private void timers() {
        number(
                "net.ipv4.tcp_fin_timeout",
                "60 s or less; Platen's own sockets are bounded to 1 s (TCP_LINGER2)",
                value -> value <= 60 ? OK : value <= 240 ? WATCH : HURTS,
                "60");
        number(
                "net.ipv4.tcp_retries2",
                "8 to 15: fewer end slow connections early; dead printers are noticed by timeouts.stall",
                value -> value < 5 ? HURTS : value < 8 || value > 15 ? WATCH : OK,
                "15");
        number(
                "net.ipv4.tcp_syn_retries",
                "3 or more: fewer make a sleeping printer unreachable",
                value -> value < 1 ? HURTS : value < 3 ? WATCH : OK,
                "6");
        for (String own : new String[] {"time", "intvl", "probes"}) {
            String name = "net.ipv4.tcp_keepalive_" + own;
            number(name, "nothing: Platen sets its own (platen.printer.socket.keep-alive)", value -> OK, null);
        }
    }

    private void files() {
        String needs = "%,d or more: one for each printer and client".formatted(MANY_FILES);
        var limits = limits().map(OPEN_FILES::matcher).filter(Matcher::find);
        if (limits.isEmpty()) {
            found.add(HostSetting.unknown("open files", needs));
        } else {
            // The JVM raises its soft limit to the hard one at start.
            String hard = limits.get().group(2);
            long files = hard.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(hard);
            found.add(new HostSetting(
                    "open files (ulimit -Hn)",
                    hard,
                    needs,
                    atLeast(files, FEWEST_FILES, MANY_FILES),
                    files >= MANY_FILES ? null : "LimitNOFILE=65536 in the service's unit, or ulimit -n 65536"));
        }
    }

    private static Optional<String> limits() {
        try {
            return Optional.of(Files.readString(Path.of("/proc/self/limits")));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private void disk() {
        Path there = data;
        while (there != null && Files.notExists(there)) {
            there = there.getParent();
        }
        String needs = "%,d MiB or more: the reserve, and room for jobs".formatted((2 * reserveBytes) >> 20);
        if (there == null) {
            found.add(HostSetting.unknown("disk", needs));
            return;
        }
        try {
            FileStore disk = Files.getFileStore(there);
            long free = disk.getUsableSpace();
            found.add(new HostSetting(
                    "disk free at " + there,
                    "%,d MiB of %,d".formatted(free >> 20, disk.getTotalSpace() >> 20),
                    needs,
                    atLeast(free, reserveBytes, 2 * reserveBytes),
                    free >= 2 * reserveBytes ? null : "make room, or choose another disk with --data-dir"));
            sync(there);
        } catch (IOException e) {
            found.add(new HostSetting(
                    "disk at " + there,
                    String.valueOf(e.getMessage()),
                    "write access",
                    HURTS,
                    "give the user that runs Platen write access to " + there));
        }
    }

    private void mode() {
        String needs = "access for its owner only: it has print data, journal and audit log";
        try {
            if (Files.notExists(data)) {
                return;
            }
            boolean isOpen = OwnerOnly.isOpenToOthers(data);
            found.add(new HostSetting(
                    "permissions of " + data,
                    isOpen ? "open to others" : "its owner's alone",
                    needs,
                    isOpen ? HURTS : OK,
                    isOpen ? "chmod -R go= " + data : null));
        } catch (IOException e) {
            found.add(HostSetting.unknown("permissions of " + data, needs));
        }
    }

    /** Measures a sync, of which each accepted job needs at least one. */
    private void sync(Path directory) throws IOException {
        long[] nanos = new long[SYNCS];
        Path file = Files.createTempFile(directory, "doctor", ".tmp");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (int i = 0; i < SYNCS; i++) {
                channel.write(ByteBuffer.allocate(4096));
                long start = System.nanoTime();
                channel.force(false);
                nanos[i] = System.nanoTime() - start;
            }
        } finally {
            Files.delete(file);
        }
        Arrays.sort(nanos);
        double millis = nanos[SYNCS / 2] / 1e6;
        found.add(new HostSetting(
                "disk sync (fsync of 4 KiB)",
                "%.2f ms".formatted(millis),
                "less than " + SLOW_SYNC.toMillis() + " ms: no job is accepted faster",
                millis < SLOW_SYNC.toMillis() ? OK : WATCH,
                millis < SLOW_SYNC.toMillis() ? null : "use a local disk, best an SSD, for --data-dir"));
    }

    /** Logs of two machines can only be compared when their clocks agree. */
    private void clock() {
        String needs = "synchronized: otherwise times in the evidence do not match other logs";
        if (!Platform.isLinux()) {
            found.add(HostSetting.unknown("clock", needs));
            return;
        }
        try (var timex = new Memory(TIMEX_BYTES)) {
            timex.clear();
            // With modes 0 adjtimex(2) only reads.
            int state = Function.getFunction("c", "adjtimex").invokeInt(new Object[] {timex});
            if (state < 0) {
                found.add(HostSetting.unknown("clock", needs));
                return;
            }
            boolean isGood = state != TIME_ERROR;
            found.add(new HostSetting(
                    "clock (adjtimex)",
                    isGood ? "synchronized" : "not synchronized",
                    needs,
                    isGood ? OK : WATCH,
                    isGood ? null : "timedatectl set-ntp true"));
        } catch (UnsatisfiedLinkError | LastErrorException e) {
            found.add(HostSetting.unknown("clock", needs));
        }
    }

    private void number(String name, String needs, LongFunction<Rating> judge, @Nullable String better) {
        String text = Sysctl.read(name).orElse(null);
        if (text == null) {
            found.add(HostSetting.unknown(name, needs));
            return;
        }
        Rating verdict = judge.apply(Long.parseLong(text));
        found.add(new HostSetting(
                name,
                text,
                needs,
                verdict,
                verdict == OK || better == null ? null : "sysctl -w " + name + "=" + better));
    }

    private static Rating atLeast(long value, long hurtsBelow, long watchBelow) {
        return value < hurtsBelow ? HURTS : value < watchBelow ? WATCH : OK;
    }
}
