package io.platen.api.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RehearsalIT {
    /** Each client submits at least once, however slow the machine is. */
    private static final long CLIENTS = 32;

    @TempDir
    private Path parent;

    @Test
    void loadsServerAndLeavesNoFilesAndNoThreads() throws Exception {
        List<String> urls = new ArrayList<>();

        long accepted = Rehearsal.run(parent, Duration.ofMillis(500), urls::add);

        assertThat(accepted).isGreaterThanOrEqualTo(CLIENTS);
        assertThat(urls).singleElement().asString().startsWith("http://127.0.0.1:");
        assertThat(parent).isEmptyDirectory();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("printer-rack"));
    }
}
