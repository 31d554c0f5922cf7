package io.platen.api.evidence;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.platen.printer.diagnosis.Printable;

/** {@code %printable}: a log message, shortened, on one line even when it quotes text from outside. */
public final class PrintableMessage extends ClassicConverter {
    private static final int LONGEST = 4_000;

    @Override
    public String convert(ILoggingEvent event) {
        return Printable.of(String.valueOf(event.getFormattedMessage()), LONGEST);
    }
}
