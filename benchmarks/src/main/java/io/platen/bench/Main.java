package io.platen.bench;

import picocli.CommandLine;

/** {@code ./platen bench}. Exit codes: 0 done, 1 failed, 2 usage. */
public final class Main {

    private Main() {}

    /** Runs one command and exits with its code. */
    public static void main(String[] args) {
        System.exit(run(args));
    }

    static int run(String... args) {
        return new CommandLine(new BenchCommand())
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    line.getErr().println("platen bench: " + failure.getMessage());
                    return CommandLine.ExitCode.SOFTWARE;
                })
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args);
    }
}
