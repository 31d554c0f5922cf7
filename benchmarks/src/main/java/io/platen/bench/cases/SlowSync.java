package io.platen.bench.cases;

import io.platen.bench.subject.PlatenSystem;
import io.platen.bench.subject.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Intake on a disk whose syncs are slow. A small library delays them in the server's process. */
final class SlowSync implements Case {
    private static final int[] DELAYS = {0, 1, 5};
    private static final String LIBRARY = """
            #define _GNU_SOURCE
            #include <dlfcn.h>
            #include <stdlib.h>
            #include <sys/mman.h>
            #include <time.h>
            static void delay(void) {
              const char *text = getenv("BENCH_SYNC_MILLIS");
              long millis = text ? atol(text) : 0;
              struct timespec t = {millis / 1000, millis % 1000 * 1000000L};
              if (millis > 0) nanosleep(&t, 0);
            }
            int fsync(int fd) {
              static int (*next)(int);
              if (!next) next = (int (*)(int)) dlsym(RTLD_NEXT, "fsync");
              delay();
              return next(fd);
            }
            int fdatasync(int fd) {
              static int (*next)(int);
              if (!next) next = (int (*)(int)) dlsym(RTLD_NEXT, "fdatasync");
              delay();
              return next(fd);
            }
            int msync(void *start, size_t length, int flags) {
              static int (*next)(void *, size_t, int);
              if (!next) next = (int (*)(void *, size_t, int)) dlsym(RTLD_NEXT, "msync");
              if (flags & MS_SYNC) delay();
              return next(start, length, flags);
            }
            """;

    @Override
    public String name() {
        return "slow-sync";
    }

    @Override
    public String description() {
        return "jobs accepted a second when each sync takes 0, 1 or 5 ms longer";
    }

    @Override
    public void run(Lab lab) throws IOException {
        if (Programs.find("gcc").isEmpty()) {
            lab.note("slow-sync is left out: gcc is not installed (Debian: apt-get install gcc libc6-dev).");
            return;
        }
        Path directory = Files.createDirectories(lab.directory());
        Path source = directory.resolve("slowsync.c");
        Path library = directory.resolve("slowsync.so");
        Files.writeString(source, LIBRARY);
        Programs.run("gcc", "-shared", "-fPIC", "-O2", "-o", library.toString(), source.toString(), "-ldl");
        try (var comparison = new Comparison(lab, name())) {
            for (PlatenSystem platen : lab.systems().platens()) {
                for (int millis : DELAYS) {
                    PlatenSystem slow = platen.with("LD_PRELOAD", library.toString())
                            .with("BENCH_SYNC_MILLIS", String.valueOf(millis))
                            .named(platen.name() + ", " + millis + " ms");
                    comparison.with(
                            () -> new Intake.Taking(lab, slow, lab.plan().clients()));
                }
            }
            comparison.warmUp(lab.plan().clients() + " clients");
            comparison.rounds(
                    lab.plan().clients() + " clients, warm", lab.plan().time());
        }
    }
}
