package io.platen.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** New documents may not use the reserve, and events half of it. */
final class FreeSpaceTest {
    private static final long MEBIBYTE = 1024 * 1024;

    @TempDir
    private Path directory;

    @Test
    void whatFitsBeyondTheReserveIsGranted() throws IOException {
        var space = new FreeSpace(directory, 0);

        assertThat(space.usableBytes()).isGreaterThan(MEBIBYTE);
        assertThatCode(() -> space.require(MEBIBYTE)).doesNotThrowAnyException();
    }

    @Test
    void whatDoesNotFitIsRefusedAndTakesNothing() throws IOException {
        var space = new FreeSpace(directory, 0);

        assertThatThrownBy(() -> space.require(Long.MAX_VALUE))
                .isInstanceOf(StoreFullException.class)
                .hasMessageContaining("9,223,372,036,854,775,807 more bytes beyond its reserve of 0");
        assertThatCode(() -> space.require(MEBIBYTE)).doesNotThrowAnyException();
    }

    /** Others write here, too: so far from the border they do not matter. */
    @Test
    void reserveIsForEventsOnly() throws IOException {
        long usable = new FreeSpace(directory, 0).usableBytes();
        var space = new FreeSpace(directory, usable + usable / 2);

        assertThatThrownBy(() -> space.require(1)).isInstanceOf(StoreFullException.class);
        assertThat(space.allowsEvents()).isTrue();
        assertThat(space.allowsEventsNow()).isTrue();
    }

    @Test
    void belowHalfOfTheReserveNotEvenEventsAreWritten() throws IOException {
        long usable = new FreeSpace(directory, 0).usableBytes();
        var space = new FreeSpace(directory, 3 * usable);

        assertThat(space.allowsEvents()).isFalse();
        assertThat(space.allowsEventsNow()).isFalse();
    }
}
