package io.platen.printer.connection;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A network of its own, in Linux network namespaces: a host, a router, a printer. What happens to packets
 * between them is said with iptables on the router.
 *
 * <p>A thread enters a namespace with setns(2); threads that it starts are born there, and sockets belong
 * to the namespace of the thread that makes them. So one test process has both ends.
 */
final class Network implements AutoCloseable {
    static final String HOST = "10.98.1.2";
    static final String PRINTER = "10.98.2.2";

    /** On the host's own network, where nobody has it. */
    static final String NOBODY = "10.98.1.77";

    private static final int O_RDONLY = 0;
    private static final int CLONE_NEWNET = 0x40000000;

    private static final LibC LIB_C = Native.load("c", LibC.class);

    private final int home = LIB_C.open("/proc/thread-self/ns/net", O_RDONLY);
    private final String id = Long.toString(ProcessHandle.current().pid());
    private final String host = "platen-h-" + id;
    private final String router = "platen-r-" + id;
    private final String printer = "platen-p-" + id;

    /** The two system calls that are needed. */
    interface LibC extends Library {
        int open(String path, int flags) throws LastErrorException;

        int setns(int descriptor, int type) throws LastErrorException;

        int close(int descriptor) throws LastErrorException;
    }

    /** Makes it, or skips the test and says why. In CI nothing is skipped: there it fails. */
    static Network create() {
        String lacking = lacking();
        if (!lacking.isEmpty()) {
            if ("true".equals(System.getenv("CI"))) {
                throw new IllegalStateException("CI must run the network tests, but " + lacking);
            }
            System.err.println("SKIPPED: the network tests need namespaces, but " + lacking);
        }
        Assumptions.assumeTrue(lacking.isEmpty(), "Network tests are skipped: " + lacking);
        var network = new Network();
        try {
            network.build();
        } catch (IllegalStateException e) {
            network.close();
            throw e;
        }
        return network;
    }

    private static String lacking() {
        if (!Platform.isLinux()) {
            return "this is no Linux";
        }
        if (!System.getProperty("user.name").equals("root")) {
            return "this is not root";
        }
        return Stream.of("ip", "iptables", "tcpdump")
                .filter(tool -> Stream.of("/usr/sbin/", "/usr/bin/", "/sbin/", "/bin/")
                        .noneMatch(place -> Files.isExecutable(Path.of(place + tool))))
                .map(tool -> tool + " is not installed")
                .collect(Collectors.joining(", "));
    }

    private void build() {
        for (String name : List.of(host, router, printer)) {
            run("ip", "netns", "add", name);
            in(name, "ip", "link", "set", "lo", "up");
        }
        run("ip", "link", "add", "h0", "netns", host, "type", "veth", "peer", "name", "r0", "netns", router);
        run("ip", "link", "add", "p0", "netns", printer, "type", "veth", "peer", "name", "r1", "netns", router);
        address(host, "h0", HOST);
        address(router, "r0", "10.98.1.1");
        address(router, "r1", "10.98.2.1");
        address(printer, "p0", PRINTER);
        in(host, "ip", "route", "add", "default", "via", "10.98.1.1");
        in(printer, "ip", "route", "add", "default", "via", "10.98.2.1");
        in(router, "sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward");
    }

    private static void address(String namespace, String device, String address) {
        in(namespace, "ip", "address", "add", address + "/24", "dev", device);
        in(namespace, "ip", "link", "set", device, "up");
    }

    /** Moves the calling thread to the host. */
    void enterHost() {
        enter(Path.of("/var/run/netns", host));
    }

    /** Moves the calling thread back to where it was before this network was made. */
    void leave() {
        LIB_C.setns(home, CLONE_NEWNET);
        LIB_C.close(home);
    }

    /** Runs something on the printer's machine: sockets that it makes, and threads, belong there. */
    <T> T atPrinter(Supplier<T> what) {
        enter(Path.of("/var/run/netns", printer));
        try {
            return what.get();
        } finally {
            enterHost();
        }
    }

    private static void enter(Path namespace) {
        int descriptor = LIB_C.open(namespace.toString(), O_RDONLY);
        try {
            LIB_C.setns(descriptor, CLONE_NEWNET);
        } finally {
            LIB_C.close(descriptor);
        }
    }

    /** What the router does with packets from now on, in iptables' words. */
    void rule(String... rule) {
        in(
                router,
                Stream.concat(Stream.of("iptables", "-w", "-A", "FORWARD"), Arrays.stream(rule))
                        .toArray(String[]::new));
    }

    /** The router lets everything through again. */
    void heal() {
        in(router, "iptables", "-w", "-F", "FORWARD");
    }

    String atRouter(String... command) {
        return in(router, command);
    }

    String atHost(String... command) {
        return in(host, command);
    }

    /** A command that goes on, on the host. */
    ProcessBuilder onHost(String... command) {
        return new ProcessBuilder(prefixed(host, command));
    }

    @Override
    public void close() {
        for (String name : List.of(host, router, printer)) {
            try {
                run("ip", "netns", "delete", name);
            } catch (IllegalStateException e) {
                System.err.println("While removing the test network: " + e.getMessage());
            }
        }
    }

    private static String in(String namespace, String... command) {
        return run(prefixed(namespace, command).toArray(String[]::new));
    }

    private static List<String> prefixed(String namespace, String... command) {
        return Stream.concat(Stream.of("ip", "netns", "exec", namespace), Arrays.stream(command))
                .toList();
    }

    private static String run(String... command) {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
