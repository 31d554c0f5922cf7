package io.platen.persistence.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.platen.persistence.StoreFullException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class GroupCommitTest {
    private static final GroupCommit.Limits LIMITS = new GroupCommit.Limits(10, 4, 1000, 1);

    /** Holds groups until they are let through, and fails when it is told to. */
    private static final class Disk implements GroupCommit.Store<List<String>> {
        final List<List<String>> written = new CopyOnWriteArrayList<>();
        final CountDownLatch busy = new CountDownLatch(1);
        final CountDownLatch letThrough = new CountDownLatch(1);
        final CountDownLatch mended = new CountDownLatch(1);
        volatile @Nullable IOException failure;

        @Override
        public List<String> begin() {
            return new ArrayList<>();
        }

        @Override
        public void commit(List<String> group) throws IOException {
            busy.countDown();
            await(letThrough);
            IOException failed = failure;
            if (failed != null) {
                throw failed;
            }
            written.add(List.copyOf(group));
        }

        @Override
        public void reopen() throws IOException {
            if (mended.getCount() > 0) {
                throw new IOException("still broken");
            }
            failure = null;
        }

        private static void await(CountDownLatch latch) throws IOException {
            try {
                if (!latch.await(20, TimeUnit.SECONDS)) {
                    throw new IOException("Nobody came");
                }
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }

    private final Disk disk = new Disk();
    private final GroupCommit<List<String>> writer = new GroupCommit<>("test store", disk, LIMITS, Runnable::run);

    private CompletableFuture<String> write(String what) {
        return writer.submit(10, group -> {
                    group.add(what);
                    return what;
                })
                .toCompletableFuture();
    }

    @Test
    void whatArrivesDuringASyncSharesTheNext() throws Exception {
        var first = write("1");
        assertThat(disk.busy.await(10, TimeUnit.SECONDS)).isTrue();
        var others = List.of(write("2"), write("3"), write("4"), write("5"), write("6"));
        assertThat(first).isNotDone();
        disk.letThrough.countDown();
        others.forEach(CompletableFuture::join);

        assertThat(disk.written).containsExactly(List.of("1"), List.of("2", "3", "4", "5"), List.of("6"));
        assertThat(writer.metrics().groupSize().count()).isEqualTo(3);
        assertThat(writer.metrics().groupSize().sum()).isEqualTo(6);
    }

    @Test
    void manyAtOnceAreWrittenInHalves() throws Exception {
        var limits = new GroupCommit.Limits(1_000, 1_000, 1_000_000, 1);
        var all = new ArrayList<CompletableFuture<?>>();
        try (var many = new GroupCommit<>("test store", disk, limits, Runnable::run)) {
            all.add(many.submit(10, group -> group.add("first")).toCompletableFuture());
            assertThat(disk.busy.await(10, TimeUnit.SECONDS)).isTrue();
            for (int i = 0; i < 300; i++) {
                all.add(many.submit(10, group -> group.add("more")).toCompletableFuture());
            }
            disk.letThrough.countDown();
            all.forEach(CompletableFuture::join);
        }

        assertThat(disk.written).extracting(List::size).startsWith(1, 150, 150);
    }

    @Test
    void whatFailsAloneIsToldOnceWhenItsGroupFailsToo() throws Exception {
        var told = new CopyOnWriteArrayList<Throwable>();
        var first = write("first");
        assertThat(disk.busy.await(10, TimeUnit.SECONDS)).isTrue();
        writer.submit(
                10,
                group -> {
                    disk.failure = new IOException("Input/output error");
                    throw new IllegalStateException("alone");
                },
                new GroupCommit.Answer<String>() {
                    @Override
                    public void done(String result) {
                        told.add(new AssertionError(result));
                    }

                    @Override
                    public void failed(Throwable cause) {
                        told.add(cause);
                    }
                });
        var other = write("other");
        disk.mended.countDown();
        disk.letThrough.countDown();

        assertThat(first.join()).isEqualTo("first");
        assertThatThrownBy(other::join).hasMessageContaining("Input/output error");
        assertThat(told).singleElement().isInstanceOf(IllegalStateException.class);
    }

    @Test
    void refusesWhatExceedsItsQueue() throws Exception {
        var first = write("first");
        assertThat(disk.busy.await(10, TimeUnit.SECONDS)).isTrue();
        var waiting = new ArrayList<CompletableFuture<String>>();
        for (int i = 0; i < LIMITS.waiting(); i++) {
            waiting.add(write("w" + i));
        }

        assertThatThrownBy(() -> write("too many").join())
                .hasMessageContaining("The test store is overloaded: 10 writes are waiting");

        disk.letThrough.countDown();
        assertThat(first.join()).isEqualTo("first");
        waiting.forEach(CompletableFuture::join);
        assertThat(writer.metrics().refusals()).isEqualTo(1);
    }

    @Test
    void acknowledgesNothingAfterAFailureUntilTheStoreIsVerified() throws Exception {
        disk.failure = new IOException("Input/output error");
        disk.letThrough.countDown();

        assertThatThrownBy(() -> write("lost").join()).hasMessageContaining("Input/output error");
        assertThatThrownBy(() -> write("too early").join()).hasMessageContaining("until its files are verified");
        assertThat(writer.trouble()).isNotNull();

        disk.mended.countDown();
        while (writer.trouble() != null) {
            Thread.onSpinWait();
        }
        assertThat(write("well").join()).isEqualTo("well");
        assertThat(disk.written).containsExactly(List.of("well"));
        assertThat(writer.metrics().failures()).isEqualTo(1);
    }

    @Test
    void aFullDiskIsRefusedWithoutAnyoneStopping() {
        disk.letThrough.countDown();
        disk.failure = new StoreFullException("full");

        assertThatThrownBy(() -> write("1").join()).hasCauseInstanceOf(StoreFullException.class);
        disk.failure = null;

        assertThat(write("2").join()).isEqualTo("2");
        assertThat(writer.metrics().failures()).isZero();
    }

    @Test
    void whatOneThrowsIsItsOwn() throws Exception {
        CompletionStage<String> bad = writer.submit(1, group -> {
            throw new IllegalStateException("mine");
        });
        var good = write("good");
        disk.letThrough.countDown();

        assertThatThrownBy(() -> bad.toCompletableFuture().join()).hasMessageContaining("mine");
        assertThat(good.join()).isEqualTo("good");
    }

    @Test
    void writesWhatWaitsBeforeItCloses() {
        disk.letThrough.countDown();
        var last = write("last");
        writer.close();

        assertThat(last).isCompletedWithValue("last");
        assertThatThrownBy(() -> write("late").join()).hasMessageContaining("The test store is closed");
    }
}
