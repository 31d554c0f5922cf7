package io.platen.printer.language;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a printer says of itself in one frame.
 *
 * @param canPrint whether nothing stands in the way of the next label
 * @param reasons what keeps the printer from printing, or soon will
 * @param labelsLeft formats and labels that the printer has taken and not yet printed, a partly
 *     received format counts as one; null when the frame does not say
 * @param answerTo the query that the frame answers; null when the printer sent it unasked
 */
public record DeviceStatus(
        boolean canPrint,
        List<DeviceReason> reasons,
        @Nullable Long labelsLeft,
        @Nullable String answerTo) {

    public DeviceStatus {
        reasons = List.copyOf(reasons);
    }

    /** Whether the printer says that everything it has taken is printed. */
    public boolean isDone() {
        return labelsLeft != null && labelsLeft == 0;
    }

    /** A status without a count of labels. The printer can print unless one of the reasons stops it. */
    static DeviceStatus of(Set<DeviceReason> reasons) {
        return of(reasons, null, null);
    }

    static DeviceStatus of(Set<DeviceReason> reasons, @Nullable Long labelsLeft, @Nullable String answerTo) {
        return new DeviceStatus(
                reasons.stream().noneMatch(DeviceReason::stopsPrinting), List.copyOf(reasons), labelsLeft, answerTo);
    }

    /** The printer cannot print, and does not say why. */
    static DeviceStatus unexplained() {
        return of(EnumSet.of(DeviceReason.OTHER));
    }

    /** Nothing stands in the way. */
    static DeviceStatus well() {
        return of(EnumSet.noneOf(DeviceReason.class));
    }
}
