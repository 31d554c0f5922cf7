package io.platen.api.cli;

import io.platen.api.tools.Progress;
import java.time.Duration;

/** Shows progress in one line on standard error; silent without a terminal. */
final class TerminalProgress implements Progress, AutoCloseable {
    private static final long EVERY_NANOS = Duration.ofMillis(200).toNanos();

    private final String doing;
    private long next = System.nanoTime() + EVERY_NANOS;
    private boolean shown;

    TerminalProgress(String doing) {
        this.doing = doing;
    }

    @Override
    public void at(String what, long done) {
        if (Terminal.isInteractive() && System.nanoTime() - next >= 0) {
            next = System.nanoTime() + EVERY_NANOS;
            shown = true;
            Terminal.ERR_BAR.printf("\r%s: %,d %s\033[K", doing, done, what);
            Terminal.ERR_BAR.flush();
        }
    }

    @Override
    public void close() {
        if (shown) {
            Terminal.ERR_BAR.print("\r\033[K");
            Terminal.ERR_BAR.flush();
        }
    }
}
