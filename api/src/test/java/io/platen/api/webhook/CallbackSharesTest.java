package io.platen.api.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class CallbackSharesTest {
    private final Set<String> idle = new HashSet<>();
    private final AtomicLong nanos = new AtomicLong();
    private final CallbackShares shares = new CallbackShares(5, 3, idle::contains, nanos::get);

    @Test
    void oneCallerHasItsShare() {
        for (int i = 0; i < 3; i++) {
            assertThat(shares.take("a", "http://h/" + i)).isTrue();
        }
        assertThat(shares.take("a", "http://h/3")).isFalse();
        assertThat(shares.take("a", "http://h/1")).as("it has that one").isTrue();
        assertThat(shares.take("b", "http://h/3")).isTrue();
    }

    @Test
    void whatWasTakenMakesRoom() {
        for (int i = 0; i < 3; i++) {
            shares.take("a", "http://h/" + i);
        }
        idle.add("http://h/1");
        assertThat(shares.take("a", "http://h/3"))
                .as("its events may not have come yet")
                .isFalse();
        nanos.addAndGet(61_000_000_000L);
        assertThat(shares.take("a", "http://h/3")).isTrue();
        assertThat(shares.take("a", "http://h/4")).isFalse();
    }

    @Test
    void thereIsABoundInAll() {
        for (int i = 0; i < 5; i++) {
            assertThat(shares.take("caller " + i, "http://h/" + i)).isTrue();
        }
        assertThat(shares.take("another", "http://h/9")).isFalse();
        idle.add("http://h/0");
        nanos.addAndGet(61_000_000_000L);
        assertThat(shares.take("another", "http://h/9")).isTrue();
    }
}
