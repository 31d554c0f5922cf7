package io.platen.spooler.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.platen.spooler.upkeep.FailureFormat.Moment;
import io.platen.spooler.upkeep.FolderLane.Task;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class FolderLaneTest {
    private static final Moment MOMENT = () -> 10;

    private final FolderLane lane = new FolderLane();

    @Test
    void givesFoldersInTheOrderInWhichTheyWereNamed() {
        lane.add(7, MOMENT);
        lane.add(3, null);

        assertThat(lane.take()).contains(new Task(7, MOMENT));
        lane.done();
        assertThat(lane.take()).contains(new Task(3, null));
        lane.done();
        assertThat(lane.take()).isEmpty();
    }

    @Test
    void keepsTheMomentOfAFolderThatIsNamedTwice() {
        lane.add(7, MOMENT);
        lane.add(7, null);

        assertThat(lane.take()).contains(new Task(7, MOMENT));
        assertThat(lane.take()).isEmpty();
    }

    /** The job may have left failure storage while its folder was being written. */
    @Test
    void folderThatIsNamedWhileItIsLookedAfterWaitsAgain() {
        lane.add(7, MOMENT);
        lane.take();
        lane.add(7, null);
        lane.done();

        assertThat(lane.take()).contains(new Task(7, null));
    }

    @Test
    void folderThatFailsGoesToTheEndWithItsMoment() {
        lane.add(7, MOMENT);
        lane.add(3, null);
        Task failing = lane.take().orElseThrow();

        lane.failed(failing);

        assertThat(lane.isFailing()).isTrue();
        assertThat(lane.take()).contains(new Task(3, null));
        lane.done();
        assertThat(lane.isFailing()).isFalse();
        assertThat(lane.take()).contains(failing);
    }

    @Test
    void pauseGrowsWithEachFailureInARowUpToALimit() {
        lane.add(7, null);
        Task failing = lane.take().orElseThrow();

        assertThat(lane.failed(failing)).isEqualTo(Duration.ofSeconds(1));
        assertThat(lane.failed(failing)).isEqualTo(Duration.ofSeconds(2));
        assertThat(lane.failed(failing)).isEqualTo(Duration.ofSeconds(4));
        for (int i = 0; i < 100; i++) {
            lane.failed(failing);
        }
        assertThat(lane.failed(failing)).isEqualTo(FolderLane.LONGEST_PAUSE);
        lane.done();
        assertThat(lane.failed(failing)).isEqualTo(FolderLane.FIRST_PAUSE);
    }
}
