package io.platen.api;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code platen serve} in a process of its own, to be killed. */
final class ServerProcess implements AutoCloseable {
    private static final String READY = "Platen is ready at ";

    private final Process process;
    private final String url;

    private ServerProcess(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    /** Starts one; it is ready when this returns. */
    static ServerProcess start(Path data, String... jvmOptions) throws IOException {
        return start(List.of(), data, jvmOptions);
    }

    /** Starts one under another program, such as strace. */
    static ServerProcess start(List<String> under, Path data, String... jvmOptions) throws IOException {
        var command = new ArrayList<>(under);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:ThreadStackSize=8192"));
        command.addAll(List.of(jvmOptions));
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                "io.platen.api.Main",
                "serve",
                "--port",
                "0",
                "--data-dir",
                data.toString()));
        return awaitReady(new ProcessBuilder(command));
    }

    /** As its users start it, with the launcher's archive of classes. */
    static ServerProcess launch(Path data, String jvmOptions) throws IOException {
        var builder = new ProcessBuilder("../platen", "serve", "--port", "0", "--data-dir", data.toString());
        builder.environment().put("PLATEN_JAVA_OPTS", jvmOptions);
        return awaitReady(builder);
    }

    private static ServerProcess awaitReady(ProcessBuilder builder) throws IOException {
        var process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(READY)) {
                return new ServerProcess(process, line.substring(READY.length()));
            }
        }
        throw new IOException("The server ended before it was ready");
    }

    String url() {
        return url;
    }

    long pid() {
        return process.pid();
    }

    Http http() {
        return new Http(url);
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        // What runs under another program would live on.
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
    }

    /** SIGTERM; whether it ended in time. */
    boolean terminate(long seconds) throws InterruptedException {
        process.destroy();
        return process.waitFor(seconds, TimeUnit.SECONDS);
    }

    /** After its end. */
    int exitCode() {
        return process.exitValue();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        try {
            if (process.isAlive() && !terminate(30)) {
                kill();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
