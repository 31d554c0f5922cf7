package io.platen.printer.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Labels come out in order, unless something stops the printer; none comes out twice. */
final class PressTest {
    private final List<String> heard = new ArrayList<>();
    private final SimulatorTimer timer = new SimulatorTimer("press-test");

    @AfterEach
    void closeTheTimer() {
        timer.close();
    }

    @Test
    void labelsComeOutInTheOrderInWhichTheyWereRead() {
        Press press = press(List.of());

        press.take(1, "a");
        press.take(1, "b");
        press.take(2, "c");

        assertThat(heard).containsExactly("a", "b", "c");
        assertThat(press.printed()).extracting(Label::text).containsExactly("a", "b", "c");
        assertThat(press.printed()).extracting(Label::connection).containsExactly(1, 1, 2);
        assertThat(press.count()).isEqualTo(3);
        assertThat(press.status(false)).isEqualTo(HostStatus.WELL);
    }

    @Test
    void labelsWaitWhileItIsStopped() {
        Press press = press(List.of());

        press.trouble(Trouble.Kind.MEDIA_OUT, true);
        press.take(1, "a");
        press.take(1, "b");
        assertThat(heard).containsExactly("stopped");
        assertThat(press.status(true)).isEqualTo(new HostStatus(true, false, false, 2, true));

        press.trouble(Trouble.Kind.MEDIA_OUT, false);
        assertThat(heard).containsExactly("stopped", "a", "b", "well again");
    }

    @Test
    void itIsWellOnlyWhenEveryTroubleIsOver() {
        Press press = press(List.of());

        press.trouble(Trouble.Kind.PAUSED, true);
        press.trouble(Trouble.Kind.COVER_OPEN, true);
        press.take(1, "a");
        press.trouble(Trouble.Kind.PAUSED, false);
        assertThat(press.isStopped()).isTrue();
        assertThat(heard).containsExactly("stopped");

        press.trouble(Trouble.Kind.COVER_OPEN, false);
        assertThat(heard).containsExactly("stopped", "a", "well again");
    }

    @Test
    void plannedTroubleBeginsAfterItsLabels() {
        Press press = press(List.of(new Trouble(Trouble.Kind.MEDIA_OUT, 2, Duration.ofHours(1))));

        press.take(1, "a");
        assertThat(press.isStopped()).isFalse();
        press.take(1, "b");
        press.take(1, "c");

        assertThat(heard).containsExactly("a", "b", "stopped");
        assertThat(press.status(false)).isEqualTo(new HostStatus(true, false, false, 1, false));
    }

    @Test
    void troubleFromTheStartStopsTheFirstLabel() {
        Press press = press(List.of(new Trouble(Trouble.Kind.PAUSED, 0, Duration.ofHours(1))));

        press.take(1, "a");

        assertThat(press.isStopped()).isTrue();
        assertThat(press.count()).isZero();
    }

    @Test
    void heldLabelsComeOutWhenTheyAreReleased() {
        Press press = press(List.of());

        press.hold();
        press.take(1, "a");
        assertThat(press.count()).isZero();
        assertThat(press.isStopped()).isFalse();

        press.release();
        assertThat(heard).containsExactly("a");
    }

    @Test
    void cancelledLabelsNeverComeOut() {
        Press press = press(List.of());

        press.hold();
        press.take(1, "a");
        press.cancelAll();
        press.release();
        press.take(1, "b");

        assertThat(heard).containsExactly("b");
    }

    private Press press(List<Trouble> schedule) {
        return new Press(Duration.ZERO, schedule, timer, new Press.Listener() {
            @Override
            public void printed(Label label) {
                heard.add(label.text());
            }

            @Override
            public void stopped() {
                heard.add("stopped");
            }

            @Override
            public void wellAgain() {
                heard.add("well again");
            }
        });
    }
}
