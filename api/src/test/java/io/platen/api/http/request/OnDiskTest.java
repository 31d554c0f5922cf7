package io.platen.api.http.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.platen.api.http.problem.ProblemException;
import io.platen.api.http.problem.ProblemType;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class OnDiskTest {
    private final ExecutorService threads = Executors.newSingleThreadExecutor(work -> new Thread(work, "disk"));
    private final OnDisk disk = new OnDisk(threads);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void asksOnItsOwnThreads() {
        assertThat(ask(() -> Thread.currentThread().getName())).isEqualTo("disk");
    }

    @Test
    void doesNotHoldUpWhoAsks() {
        var answer = new CompletableFuture<String>();

        CompletableFuture<String> asked = disk.ask(answer::join).toCompletableFuture();

        assertThat(asked).isNotDone();
        answer.complete("late");
        assertThat(asked.join()).isEqualTo("late");
    }

    @Test
    void failsWithTheDisksOwnError() {
        var broken = new IOException("Input/output error");

        assertThatThrownBy(() -> ask(() -> {
                    throw broken;
                }))
                .isInstanceOf(CompletionException.class)
                .hasCause(broken);
    }

    @Test
    void passesOnProblems() {
        var gone = new ProblemException(ProblemType.DOCUMENT_PURGED, "It is gone.");

        assertThatThrownBy(() -> ask(() -> {
                    throw gone;
                }))
                .hasCause(gone);
    }

    private <A> A ask(OnDisk.Question<A> question) {
        return disk.ask(question).toCompletableFuture().join();
    }
}
