package io.platen.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.platen.api.server.Server;
import io.platen.api.server.ServerSettings;
import io.platen.printer.simulator.SimulatedPrinter;
import io.platen.printer.simulator.SimulatorSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** One server and one healthy printer, for all tests of a class. */
abstract class WithServer {
    static final byte[] LABEL = "^XA^FO50,50^FDhello^FS^XZ".getBytes(UTF_8);
    static final long MOST_BYTES = 4 * 1024 * 1024;

    @TempDir
    static Path data;

    static Server server;
    static Http http;
    static SimulatedPrinter healthy;

    @BeforeAll
    static void start() throws Exception {
        Path config = Files.writeString(
                data.resolve("platen.conf"),
                "platen.http.max-job-size = " + MOST_BYTES + "\nplaten.spooler.active-jobs-limit = 50\n");
        server = Server.start(
                ServerSettings.read(new ServerSettings.Overrides(0, null, data.resolve("data"), config, false)));
        http = new Http(server.url());
        healthy = SimulatedPrinter.start(SimulatorSettings.healthy());
    }

    @AfterAll
    static void stop() {
        server.stop();
        healthy.close();
    }

    static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    static byte[] sha256(byte[] bytes) throws Exception {
        return MessageDigest.getInstance("SHA-256").digest(bytes);
    }
}
