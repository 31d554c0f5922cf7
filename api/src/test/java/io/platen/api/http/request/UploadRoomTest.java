package io.platen.api.http.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.platen.api.http.problem.ProblemException;
import io.platen.api.http.problem.ProblemType;
import io.platen.persistence.FreeSpace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UploadRoomTest {
    @TempDir
    Path directory;

    private int asked;

    @Test
    void whereThereIsRoomNobodyAsksTheDisk() throws IOException {
        assertThat(room(0).with(1024, UploadRoomTest::done).toCompletableFuture())
                .isCompletedWithValue("done");
        assertThat(asked).isZero();
    }

    @Test
    void whereThatIsNotSureTheDiskIsAskedElsewhereAndHasTheLastWord() throws IOException {
        CompletableFuture<String> full =
                room(Long.MAX_VALUE / 2).with(1024, UploadRoomTest::done).toCompletableFuture();

        assertThat(asked).isEqualTo(1);
        assertThatThrownBy(full::join)
                .cause()
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(ProblemType.STORE_FULL));
    }

    @Test
    void whoeverHasABodyToReadHandlesTheProblem() throws IOException {
        assertThat(room(Long.MAX_VALUE / 2)
                        .with(1024, UploadRoomTest::done, full -> CompletableFuture.completedFuture("507"))
                        .toCompletableFuture())
                .isCompletedWithValue("507");
    }

    private static CompletionStage<String> done() {
        return CompletableFuture.completedFuture("done");
    }

    private UploadRoom room(long reserveBytes) throws IOException {
        var disk = new OnDisk(question -> {
            asked++;
            question.run();
        });
        return new UploadRoom(new FreeSpace(directory, reserveBytes), disk, Runnable::run);
    }
}
