package io.platen.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** ENOSPC and EDQUOT are told apart from other failures by what the C library says. */
final class StoreFullExceptionTest {

    @ParameterizedTest
    @CsvSource({
        "No space left on device, true",
        "/data/stored/ab: No space left on device, true",
        "Disk quota exceeded, true",
        "Input/output error, false",
        "Too many open files, false",
        ", false"
    })
    void fullDiskIsNamed(@Nullable String message, boolean isFull) {
        var failure = new IOException(message);

        IOException named = StoreFullException.named(failure);

        if (isFull) {
            assertThat(named).isInstanceOf(StoreFullException.class).hasCause(failure);
        } else {
            assertThat(named).isSameAs(failure);
        }
    }
}
