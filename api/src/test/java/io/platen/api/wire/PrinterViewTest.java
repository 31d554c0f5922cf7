package io.platen.api.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.platen.printer.ConnectionStatus;
import io.platen.printer.ConnectionStatus.State;
import io.platen.printer.DeviceReport;
import io.platen.printer.language.DeviceReason;
import io.platen.spooler.PrinterStatus;
import io.platen.spooler.job.PrinterEvent;
import io.platen.spooler.job.PrinterId;
import io.platen.spooler.job.PrinterProfile;
import io.platen.spooler.job.QueueState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What clients see of a printer: its state, why, and how much of its callback. */
final class PrinterViewTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final Instant LATER = NOON.plusSeconds(60);

    private final PrinterProfile profile = profile();
    private QueueState queue = QueueState.empty(10).after(new PrinterEvent.PrinterConfigured(profile, NOON, null));

    @Test
    void newPrinterIsIdleAndWasNotHeardOf() {
        PrinterView view = view(ConnectionStatus.closed(NOON), true);

        assertThat(view.state()).isEqualTo("idle");
        assertThat(view.stateReasons()).containsExactly("not-contacted-yet");
        assertThat(view.lastContact()).isNull();
        assertThat(view.device()).isNull();
        assertThat(view.connection().learned()).isNull();
    }

    @Test
    void pausedPrinterIsStoppedSinceItWasPaused() {
        queue = queue.after(new PrinterEvent.PrinterPaused(LATER, null));

        PrinterView view = view(ConnectionStatus.closed(NOON), true);

        assertThat(view.state()).isEqualTo("stopped");
        assertThat(view.stateReasons()).contains("paused");
        assertThat(view.stateSince()).isEqualTo(LATER);
    }

    @Test
    void printerThatTakesNoDataIsStoppedSinceThen() {
        PrinterView view = view(line(State.OPEN, LATER, null), true);

        assertThat(view.state()).isEqualTo("stopped");
        assertThat(view.stateReasons()).containsExactly("not-reading");
        assertThat(view.stateSince()).isEqualTo(LATER);
    }

    @ParameterizedTest
    @CsvSource({"true, 0, idle", "true, 3, processing", "true, , idle", "false, 0, stopped", "false, 3, stopped"})
    void deviceIsAsItSaysOfItself(boolean canPrint, @Nullable Long left, String state) {
        var said = new DeviceReport(canPrint, List.of(DeviceReason.MEDIA_LOW), left, LATER, "~HS");

        PrinterView view = view(line(State.OPEN, null, said), true);

        assertThat(view.device()).isNotNull();
        assertThat(view.device().state()).isEqualTo(state);
        assertThat(view.stateReasons()).containsExactly("media-low");
    }

    @Test
    void callbackIsShownInFullToAdminsOnly() {
        assertThat(view(ConnectionStatus.closed(NOON), true).callback()).isEqualTo("https://erp.example/SECRET");
        assertThat(view(ConnectionStatus.closed(NOON), false).callback()).isEqualTo("https://erp.example/…");
    }

    @Test
    void settingsAreInTheFormInWhichTheyAreRead() {
        PrinterView view = view(ConnectionStatus.closed(NOON), true);

        assertThat(view.timeouts().patience()).isEqualTo("7200s");
        assertThat(view.timeouts().pause()).isNull();
        assertThat(view.backoff()).isEqualTo(new PrinterView.BackoffView("250ms", "60s"));
        assertThat(view.socket()).isNotNull();
        assertThat(view.socket().keepAlive()).isNull();
        assertThat(view.socket().sendBuffer()).isEqualTo(8192);
    }

    private PrinterView view(ConnectionStatus line, boolean isForAdmin) {
        return PrinterView.of(new PrinterStatus(new PrinterId("dock-1"), profile, queue, line), isForAdmin);
    }

    private static ConnectionStatus line(State state, @Nullable Instant stalledSince, @Nullable DeviceReport device) {
        return new ConnectionStatus(
                state, NOON, null, null, null, null, stalledSince, null, NOON, device, false, false, null);
    }

    private static PrinterProfile profile() {
        try {
            return ProfileReader.read(null, Json.parse("""
                    {"uri":"socket://10.0.0.5","language":"zpl","backoff":{"min":"250ms"},"timeouts":{"patience":"2h"},
                     "socket":{"sendBuffer":8192},"callback":"https://erp.example/SECRET"}
                    """));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
