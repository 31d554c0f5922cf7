package io.platen.api.cli;

import com.typesafe.config.ConfigException;
import io.platen.api.server.StartException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** Standard output and error in UTF-8, and how failures are printed. */
public final class Terminal {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final PrintStream OUT = new PrintStream(new PrintableStream(System.out), true, StandardCharsets.UTF_8);
    static final PrintStream ERR = new PrintStream(new PrintableStream(System.err), true, StandardCharsets.UTF_8);

    /** Not escaped: for our own control sequences only, never for text from outside. */
    static final PrintStream BAR = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    static final PrintStream ERR_BAR = new PrintStream(System.err, true, StandardCharsets.UTF_8);

    private Terminal() {}

    /** Writes out what is buffered. */
    public static void flush() {
        OUT.flush();
        ERR.flush();
    }

    /** Prints one line for an error that a user can mend, and a stack trace for a bug. */
    public static int onFailure(Exception failure, CommandLine command, ParseResult parsed) {
        if (failure instanceof ClientException
                || failure instanceof StartException
                || failure instanceof ConfigException
                || failure instanceof IOException) {
            ERR.println("platen: " + failure.getMessage());
        } else {
            ERR.println("platen: this is a bug: " + failure);
            failure.printStackTrace(ERR);
        }
        return FAILED;
    }

    /** Whether standard output is a terminal; the launcher script sets the property. */
    static boolean isInteractive() {
        return Boolean.getBoolean("platen.terminal");
    }
}
