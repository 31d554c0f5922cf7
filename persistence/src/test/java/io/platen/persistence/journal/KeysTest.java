package io.platen.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.platen.persistence.StoreDamagedException;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Keys sort as their numbers do, and a value is read only behind a right checksum. */
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

    @Test
    void valueIsReadBehindItsChecksum() throws IOException {
        var entry = Table.seal(new byte[] {'B', 1}, Table.value(8).putLong(42));

        assertThat(Keys.sound(entry, () -> "it").getLong()).isEqualTo(42);
    }

    @Test
    void wrongChecksumIsDamageWithItsName() {
        var entry = Table.seal(new byte[] {'B', 1}, Table.value(8).putLong(42));
        var elsewhere = new Database.Entry(new byte[] {'B', 2}, entry.value());

        assertThatThrownBy(() -> Keys.sound(elsewhere, () -> "the block of event 2"))
                .isInstanceOf(StoreDamagedException.class)
                .hasMessage("In the journal, the block of event 2 has a wrong checksum");
    }
}
