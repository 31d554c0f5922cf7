package io.platen.printer;

import io.platen.printer.language.DeviceReason;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a printer last said of itself.
 *
 * @param canPrint whether it says that it can print
 * @param reasons what it says keeps it from printing, or soon will
 * @param labelsLeft how many labels it had taken and not printed yet; null when it did not say
 * @param text its words, made printable
 */
public record DeviceReport(
        boolean canPrint,
        List<DeviceReason> reasons,
        @Nullable Long labelsLeft,
        Instant at,
        String text) {}
