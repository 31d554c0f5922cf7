package io.platen.api.events;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Five places, three at most for one caller. */
final class WatcherPlacesTest {
    private final WatcherPlaces places = new WatcherPlaces(5, 3);

    @Test
    void oneCallerCannotTakeAll() {
        assertThat(take("anna", 3)).isEqualTo(3);
        assertThat(places.take("anna")).isEmpty();
        assertThat(places.take("bob")).isPresent();
    }

    @Test
    void thereAreNoMoreThanThereAre() {
        assertThat(take("anna", 3) + take("bob", 3)).isEqualTo(5);
        assertThat(places.take("carol")).isEmpty();
        assertThat(places.taken()).isEqualTo(5);
    }

    @Test
    void placeIsGivenBackOnce() {
        var place = places.take("anna").orElseThrow();
        assertThat(places.take("anna")).isPresent();

        place.leave();
        place.leave();

        assertThat(places.taken()).isEqualTo(1);
        assertThat(take("anna", 3)).isEqualTo(2);
    }

    /** A stream that was never run gives its place back; one that runs does so at its end. */
    @Test
    void usedPlaceStaysTakenUntilItsUserLeaves() {
        var unused = places.take("anna").orElseThrow();
        var used = places.take("anna").orElseThrow();
        used.use();

        unused.leaveUnlessUsed();
        used.leaveUnlessUsed();
        assertThat(places.taken()).isEqualTo(1);
        used.leave();
        assertThat(places.taken()).isZero();
    }

    private int take(String caller, int asked) {
        int taken = 0;
        for (int i = 0; i < asked; i++) {
            taken += places.take(caller).isPresent() ? 1 : 0;
        }
        return taken;
    }
}
