package io.platen.printer.connection;

import io.platen.printer.Backoff;
import io.platen.printer.ConnectionPolicy;
import io.platen.printer.ConnectionSettings;
import io.platen.printer.PrinterAddress;
import io.platen.printer.diagnosis.Rung;
import io.platen.printer.language.PrinterLanguage;
import io.platen.printer.language.ReplyPatterns;
import io.platen.printer.transport.KeepAlive;
import io.platen.printer.transport.SocketSettings;
import java.time.Duration;

/** The settings of a connection in tests: change a field, then make them. */
class SettingsFixture {
    ConnectionPolicy policy = ConnectionPolicy.PER_JOB;

    Rung confirm = Rung.ACKNOWLEDGED;
    Duration confirmTimeout = Duration.ofSeconds(20);
    boolean mayRepeat = true;
    Duration connectTimeout = Duration.ofSeconds(2);
    Duration stall = Duration.ofSeconds(5);
    Duration patience = Duration.ZERO;
    Duration close = Duration.ofMillis(500);
    Duration settle = Duration.ZERO;
    Duration idle = Duration.ofSeconds(30);
    Duration hold = Duration.ofMillis(10);
    Duration leastPause = Duration.ZERO;
    Duration minBackoff = Duration.ofMillis(20);
    Duration maxBackoff = Duration.ofMillis(100);

    Duration userTimeout = Duration.ZERO;
    int sendBufferBytes = 64 * 1024;
    KeepAlive keepAlive = new KeepAlive(Duration.ofSeconds(5), Duration.ofSeconds(5), 3);

    final ConnectionSettings settings(String uri) {
        return new ConnectionSettings(
                PrinterAddress.parse(uri),
                PrinterLanguage.ZPL,
                confirm,
                policy,
                ReplyPatterns.NONE,
                stall,
                patience,
                close,
                settle,
                confirmTimeout,
                idle,
                hold,
                leastPause,
                new Backoff(minBackoff, maxBackoff),
                mayRepeat,
                new SocketSettings(connectTimeout, sendBufferBytes, keepAlive, userTimeout));
    }
}
