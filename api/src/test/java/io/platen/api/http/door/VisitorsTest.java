package io.platen.api.http.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class VisitorsTest {
    /** 10 in all and 2 in reserve, 8 of one address, 5 that nobody knows. */
    private final Visitors visitors = new Visitors(new Visitors.Limits(10, 2, 8, 5));

    private final List<Integer> closed = new ArrayList<>();

    @Test
    void oldestThatNobodyKnowsGivesWayToTheNewest() {
        List<Visitor> silent = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            silent.add(enter(1, i));
        }
        silent.get(0).welcome();
        silent.add(enter(1, 5));
        assertThat(closed).isEmpty();

        enter(1, 6);
        enter(2, 7);
        enter(2, 8);

        assertThat(closed).as("of the address that has most").containsExactly(1, 2, 3);
        assertThat(visitors.count()).isEqualTo(6);
    }

    /** Beyond it there is the reserve: health checks may come from where everybody comes from. */
    @Test
    void oneAddressHasItsShare() {
        for (int i = 0; i < 8; i++) {
            Visitor one = enter(1, i);
            one.welcome();
            assertThat(one.isInReserve()).isFalse();
        }
        for (int i = 8; i < 10; i++) {
            Visitor one = enter(1, i);
            one.welcome();
            assertThat(one.isInReserve()).isTrue();
        }
        assertThat(visitors.enter(address(1), () -> {})).isEmpty();
        assertThat(enter(2, 10).isInReserve()).isFalse();
        assertThat(closed).isEmpty();
    }

    @Test
    void silentOnesInReserveGiveWay() {
        for (int i = 0; i < 8; i++) {
            enter(1, i).welcome();
        }
        for (int i = 8; i < 12; i++) {
            assertThat(enter(1, i).isInReserve()).isTrue();
        }
        assertThat(closed).containsExactly(8, 9);
    }

    @Test
    void lastPlacesAreInReserve() {
        List<Visitor> all = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            Visitor visitor = enter(1 + i / 6, i);
            visitor.welcome();
            all.add(visitor);
        }
        assertThat(all.stream().map(Visitor::isInReserve).toList())
                .containsExactly(false, false, false, false, false, false, false, false, false, false, true, true);
        assertThat(visitors.enter(address(9), () -> {})).isEmpty();

        visitors.leave(all.get(0));
        visitors.leave(all.get(0));
        assertThat(visitors.count()).isEqualTo(11);
        assertThat(visitors.enter(address(9), () -> {})).isPresent();
    }

    private Visitor enter(int address, int number) {
        return visitors.enter(address(address), () -> closed.add(number)).orElseThrow();
    }

    private static InetAddress address(int last) {
        try {
            return InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) last});
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
