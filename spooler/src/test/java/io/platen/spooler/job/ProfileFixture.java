package io.platen.spooler.job;

import io.platen.printer.ConnectionPolicy;
import io.platen.printer.diagnosis.Rung;
import io.platen.printer.language.PrinterLanguage;
import io.platen.spooler.job.PrinterProfile.Backoff;
import io.platen.spooler.job.PrinterProfile.Socket;
import io.platen.spooler.job.PrinterProfile.Timeouts;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A printer's profile of which a test says only what matters to it: ZPL, per job, three attempts, acknowledged. */
public final class ProfileFixture {
    private final String uri;
    private PrinterLanguage language = PrinterLanguage.ZPL;
    private @Nullable String displayName;
    private List<String> tags = List.of();
    private DeliveryPromise delivery = DeliveryPromise.AT_LEAST_ONCE;
    private Rung confirm = Rung.ACKNOWLEDGED;
    private ConnectionPolicy connection = ConnectionPolicy.PER_JOB;
    private int attempts = 3;
    private Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60));
    private Timeouts timeouts =
            new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(10), null, null, null);
    private @Nullable String rejectPattern;
    private @Nullable Socket socket;
    private @Nullable Duration keepDocuments;

    private ProfileFixture(String uri) {
        this.uri = uri;
    }

    public static ProfileFixture at(String uri) {
        return new ProfileFixture(uri);
    }

    public ProfileFixture speaking(PrinterLanguage newLanguage) {
        language = newLanguage;
        return this;
    }

    public ProfileFixture called(String newDisplayName) {
        displayName = newDisplayName;
        return this;
    }

    public ProfileFixture tagged(String... newTags) {
        tags = List.of(newTags);
        return this;
    }

    public ProfileFixture promising(DeliveryPromise newDelivery) {
        delivery = newDelivery;
        return this;
    }

    public ProfileFixture confirming(Rung newConfirm) {
        confirm = newConfirm;
        return this;
    }

    public ProfileFixture connecting(ConnectionPolicy newConnection) {
        connection = newConnection;
        return this;
    }

    public ProfileFixture attempts(int newAttempts) {
        attempts = newAttempts;
        return this;
    }

    public ProfileFixture backoff(Duration min, Duration max) {
        backoff = new Backoff(min, max);
        return this;
    }

    public ProfileFixture timeouts(Timeouts newTimeouts) {
        timeouts = newTimeouts;
        return this;
    }

    public ProfileFixture rejecting(String newRejectPattern) {
        rejectPattern = newRejectPattern;
        return this;
    }

    public ProfileFixture socket(Socket newSocket) {
        socket = newSocket;
        return this;
    }

    public ProfileFixture keepingDocuments(Duration time) {
        keepDocuments = time;
        return this;
    }

    public PrinterProfile build() {
        return new PrinterProfile(
                uri,
                language,
                displayName,
                null,
                tags,
                delivery,
                confirm,
                connection,
                attempts,
                backoff,
                timeouts,
                rejectPattern,
                socket,
                keepDocuments,
                null,
                null);
    }
}
