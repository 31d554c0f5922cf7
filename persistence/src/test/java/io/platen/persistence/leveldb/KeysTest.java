package io.platen.persistence.leveldb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class KeysTest {

    @Test
    void nextKeyIsTheLeastBehindOne() {
        byte[] key = {1, 2};

        byte[] after = Keys.after(key);

        assertThat(Arrays.compareUnsigned(after, key)).isPositive();
        assertThat(Arrays.compareUnsigned(after, new byte[] {1, 2, 0, 0})).isNegative();
        assertThat(Arrays.compareUnsigned(after, new byte[] {1, 3})).isNegative();
        assertThat(after).containsExactly(1, 2, 0);
    }
}
