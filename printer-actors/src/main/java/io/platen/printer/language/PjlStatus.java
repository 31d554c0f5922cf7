package io.platen.printer.language;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sorts what a printer says in PJL. A block with a status code is a status; every other block is an event (HP PJL Technical Reference Manual, "Status Readback Commands").
 */
final class PjlStatus {
    private static final Pattern CODE = Pattern.compile("\\bCODE\\s*=\\s*(\\d{5})\\b");
    private static final Pattern DISPLAY = Pattern.compile("\\bDISPLAY\\s*=\\s*\"([^\"]*)\"");
    private static final Pattern OFFLINE = Pattern.compile("\\bONLINE\\s*=\\s*FALSE\\b");

    private PjlStatus() {}

    static Optional<Frame> sort(String block) {
        if (!block.startsWith("@PJL")) {
            return Optional.empty();
        }
        Matcher code = CODE.matcher(block);
        return Optional.of(
                code.find()
                        ? Frame.status(block, DeviceStatus.of(reasons(Integer.parseInt(code.group(1)), block)))
                        : Frame.event(block, null));
    }

    private static Set<DeviceReason> reasons(int code, String block) {
        Set<DeviceReason> reasons = ofCode(code);
        Matcher display = DISPLAY.matcher(block);
        if (display.find()) {
            reasons.addAll(DeviceWords.reasons(PlainWords.words(display.group(1))));
        }
        if (OFFLINE.matcher(block).find()) {
            reasons.add(DeviceReason.OFFLINE);
        }
        if (reasons.isEmpty() && (code / 1000 == 40 || code / 1000 == 43 || code / 1000 == 50)) {
            reasons.add(DeviceReason.OTHER);
        }
        return reasons;
    }

    private static Set<DeviceReason> ofCode(int code) {
        return switch (code) {
            case 10002, 40079 -> EnumSet.of(DeviceReason.OFFLINE);
            case 10006, 40038 -> EnumSet.of(DeviceReason.MARKER_SUPPLY_LOW);
            case 40010 -> EnumSet.of(DeviceReason.MARKER_SUPPLY_EMPTY);
            case 40021 -> EnumSet.of(DeviceReason.COVER_OPEN);
            case 40022 -> EnumSet.of(DeviceReason.MEDIA_JAM);
            default -> ofCategory(code / 1000);
        };
    }

    private static Set<DeviceReason> ofCategory(int category) {
        return switch (category) {
            case 11 -> EnumSet.of(DeviceReason.MEDIA_LOW);
            case 35 -> EnumSet.of(DeviceReason.OTHER_WARNING);
            case 41 -> EnumSet.of(DeviceReason.MEDIA_EMPTY);
            case 42, 44 -> EnumSet.of(DeviceReason.MEDIA_JAM);
            default -> EnumSet.noneOf(DeviceReason.class);
        };
    }
}
