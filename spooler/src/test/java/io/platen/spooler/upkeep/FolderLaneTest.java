package io.platen.spooler.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.platen.spooler.upkeep.FailureFormat.Moment;
import io.platen.spooler.upkeep.FolderLane.Task;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class FolderLaneTest {
    private static final Moment MOMENT = () -> 10;

    private final FolderLane lane = new FolderLane();

    private static Task condemned(int job) {
        return new Task(job, true, MOMENT);
    }

    private static Task named(int job) {
        return new Task(job, false, null);
    }

    @Test
    void givesFoldersInTheOrderInWhichTheyWereNamed() {
        lane.add(condemned(7));
        lane.add(named(3));

        assertThat(lane.take()).contains(condemned(7));
        lane.done(condemned(7));
        assertThat(lane.take()).contains(named(3));
        lane.done(named(3));
        assertThat(lane.take()).isEmpty();
    }

    @Test
    void keepsWhatIsKnownOfAFolderThatIsNamedTwice() {
        lane.add(named(7));
        lane.add(condemned(7));
        lane.add(named(7));

        assertThat(lane.take()).contains(condemned(7));
        assertThat(lane.take()).isEmpty();
    }

    /** The job may have left failure storage while its folder was being written. */
    @Test
    void folderThatIsNamedWhileItIsLookedAfterWaitsAgain() {
        lane.add(condemned(7));
        lane.take();
        lane.add(named(7));
        lane.done(condemned(7));

        assertThat(lane.take()).contains(named(7));
    }

    @Test
    void folderThatFailsGoesToTheEndAsItWas() {
        lane.add(condemned(7));
        lane.add(named(3));

        lane.failed(lane.take().orElseThrow());

        assertThat(lane.take()).contains(named(3));
        lane.done(named(3));
        assertThat(lane.take()).contains(condemned(7));
    }

    /** For the log: the first failure of a folder, and its end. */
    @Test
    void tellsWhichFolderHasFailedBefore() {
        assertThat(lane.failed(condemned(7))).isTrue();
        assertThat(lane.failed(condemned(7))).isFalse();
        assertThat(lane.done(named(3))).isFalse();
        assertThat(lane.done(condemned(7))).isTrue();
        assertThat(lane.done(condemned(7))).isFalse();
    }

    @Test
    void pauseGrowsWithEachFailureInARowUpToALimit() {
        lane.failed(named(7));
        assertThat(lane.pause()).isEqualTo(Duration.ofSeconds(1));
        lane.failed(named(7));
        assertThat(lane.pause()).isEqualTo(Duration.ofSeconds(2));
        lane.failed(named(7));
        assertThat(lane.pause()).isEqualTo(Duration.ofSeconds(4));
        for (int i = 0; i < 100; i++) {
            lane.failed(named(7));
        }
        assertThat(lane.pause()).isEqualTo(FolderLane.LONGEST_PAUSE);
        lane.done(named(7));
        lane.failed(named(7));
        assertThat(lane.pause()).isEqualTo(FolderLane.FIRST_PAUSE);
    }
}
