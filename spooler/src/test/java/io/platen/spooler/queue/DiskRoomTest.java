package io.platen.spooler.queue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.slf4j.helpers.NOPLogger;

final class DiskRoomTest {
    private boolean hasRoom = true;
    private int looks;
    private final DiskRoom room = new DiskRoom(() -> hasRoom, () -> looks++, NOPLogger.NOP_LOGGER);

    @Test
    void isThereWhileTheDiskHasRoom() {
        assertThat(room.isThere()).isTrue();
        assertThat(looks).isZero();
    }

    @Test
    void looksAgainLaterAsLongAsRoomIsMissing() {
        hasRoom = false;

        assertThat(room.isThere()).isFalse();
        assertThat(room.isThere()).isFalse();
        assertThat(looks).as("one look is planned").isEqualTo(1);
        assertThat(room.look()).isFalse();
        assertThat(looks).isEqualTo(2);
    }

    /** What waits in the stash comes before what arrives just when there is room again. */
    @Test
    void isNotThereBeforeThePlannedLook() {
        hasRoom = false;
        room.isThere();
        hasRoom = true;

        assertThat(room.isThere()).isFalse();
        assertThat(room.look()).isTrue();
        assertThat(room.isThere()).isTrue();
    }

    @Test
    void restartedQueueWaitsForNothing() {
        hasRoom = false;
        room.isThere();
        hasRoom = true;
        room.forget();

        assertThat(room.isThere()).isTrue();
    }
}
