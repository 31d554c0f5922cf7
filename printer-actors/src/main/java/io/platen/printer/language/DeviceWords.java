package io.platen.printer.language;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds conditions of a printer in lower-case words: "out of paper", "head is open", "ribbon low". */
final class DeviceWords {
    private record Sign(DeviceReason reason, Pattern pattern) {
        Sign(DeviceReason reason, String regex) {
            this(reason, Pattern.compile(regex));
        }
    }

    private static final String MEDIA = "(?:paper|media|medium|stock|rolls?|labels?)";
    private static final String RIBBON = "(?:ribbon|ink|toner|foil)";
    private static final String LID =
            "(?:(?:thermal |print ?)?head|(?:top |front |rear |media )?(?:cover|door|lid|latch)|case|platen)";
    private static final String FILLER =
            "(?: ?(?:supply|roll|tray|is|are|has|was|run|ran|runs|been|now|state|status))*";
    private static final String OUT = " ?(?:out|empty|ends?|ended|missing|absent|runout|depleted|exhausted|finished"
            + "|not (?:found|detected|present|loaded|inserted|installed))\\b";
    private static final String NEARLY =
            " ?(?:running )?(?:low|near ?(?:end|out|empty)|(?:nearly|almost) (?:out|empty|finished))\\b";
    private static final String WANTED =
            "\\b(?:out of|run out of|no|load|reload|replace|insert|add|refill|need|needs|missing) (?:the |more |new )?";
    /** Excludes a state that the line denies: "PAPER OUT: 0". */
    private static final String NOT_DENIED = "(?! (?:0|no|false|off)(?: |$))";
    /** Excludes complaints about data: "out of range", "no label format". */
    private static final String NOT_SIZE =
            "(?! (?:of )?(?:the )?(?:range|bounds?|area|limits?|borders?|size|width|length"
                    + "|formats?|fields?|data|commands?|names?|to)\\b)";

    private static final Pattern PARTS = Pattern.compile("paper|media|medium|stock|roll|label|ribbon|ink|toner|foil"
            + "|head|cover|door|lid|latch|case|platen|printer|jam|paus|line|buffer|hot|heat|temp|cutter|gap|mark|sensor"
            + "|motor|voltage|batter|ready|busy");

    private static final List<Sign> SIGNS = List.of(
            new Sign(DeviceReason.MEDIA_EMPTY, "\\b" + MEDIA + FILLER + OUT + NOT_DENIED + NOT_SIZE),
            new Sign(DeviceReason.MEDIA_EMPTY, WANTED + MEDIA + "\\b" + NOT_DENIED + NOT_SIZE),
            new Sign(DeviceReason.MEDIA_LOW, "\\b" + MEDIA + FILLER + NEARLY + NOT_DENIED),
            new Sign(DeviceReason.MEDIA_LOW, "\\blow (?:on )?" + MEDIA + "\\b"),
            new Sign(DeviceReason.MEDIA_JAM, "(?<!\\bno )\\b[a-z]*jam(?:s|med)?\\b" + NOT_DENIED),
            new Sign(DeviceReason.MARKER_SUPPLY_EMPTY, "\\b" + RIBBON + FILLER + OUT + NOT_DENIED),
            new Sign(DeviceReason.MARKER_SUPPLY_EMPTY, "\\b" + RIBBON + FILLER + " ?(?:broken|torn|snapped)\\b"),
            new Sign(DeviceReason.MARKER_SUPPLY_EMPTY, WANTED + RIBBON + "\\b" + NOT_DENIED),
            new Sign(DeviceReason.MARKER_SUPPLY_LOW, "\\b" + RIBBON + FILLER + NEARLY + NOT_DENIED),
            new Sign(DeviceReason.MARKER_SUPPLY_LOW, "\\blow (?:on )?" + RIBBON + "\\b"),
            new Sign(
                    DeviceReason.COVER_OPEN,
                    "\\b" + LID + FILLER + " ?(?:open|opened|up|unlatched|unlocked|lifted|raised|ajar"
                            + "|not (?:closed|latched|locked|down))\\b" + NOT_DENIED),
            new Sign(DeviceReason.COVER_OPEN, "\\bprinter (?:is )?open\\b|\\b(?:close|open) (?:the )?" + LID + "\\b"),
            new Sign(
                    DeviceReason.PAUSED,
                    "(?<!\\bnot )\\bpaus(?:e|ed|ing)\\b(?! (?:is )?(?:released|ended|off))" + NOT_DENIED),
            new Sign(DeviceReason.OFFLINE, "(?<!\\bnot )\\boff ?line\\b" + NOT_DENIED + "|\\bnot on ?line\\b"),
            new Sign(
                    DeviceReason.LABEL_WAITING,
                    "\\blabel" + FILLER + " ?(?:waiting|ready|presented|not (?:taken|removed))\\b" + NOT_DENIED),
            new Sign(DeviceReason.LABEL_WAITING, "\\b(?:take|remove|waiting for) (?:the )?label\\b"),
            new Sign(
                    DeviceReason.SPOOL_AREA_FULL,
                    "\\bbuffer" + FILLER + " ?(?:(?:near|nearly|almost) )?(?:full|overflow)\\b" + NOT_DENIED),
            new Sign(DeviceReason.OTHER, "\\b(?:too |head |motor )hot\\b|\\bover ?(?:heat[a-z]*|temp[a-z]*)\\b"),
            new Sign(DeviceReason.OTHER, "\\btemp(?:erature)? (?:is )?(?:too )?high\\b"),
            new Sign(DeviceReason.OTHER, "\\bcutter (?:is )?(?:open|jammed|jam|stuck|blocked|failed|error|fault)\\b"),
            new Sign(
                    DeviceReason.OTHER,
                    "\\b(?:gap|mark|notch|sensor|motor|head|battery|temperature|media|paper|ribbon|voltage)"
                            + " (?:error|fault|failure|failed|stalled|lost)\\b"),
            new Sign(DeviceReason.OTHER, "\\b(?:gap|mark|notch|sensor) (?:not found|missing)\\b"),
            new Sign(DeviceReason.OTHER, "\\b(?:low|high|over|under) ?voltage\\b|\\bvoltage (?:too )?(?:low|high)\\b"),
            new Sign(DeviceReason.OTHER, "\\bnot ready\\b" + NOT_DENIED),
            new Sign(DeviceReason.OTHER_WARNING, "\\bbusy\\b" + NOT_DENIED),
            new Sign(DeviceReason.OTHER_WARNING, "\\bbattery (?:is )?(?:too )?low\\b|\\blow battery\\b"),
            new Sign(DeviceReason.OTHER_WARNING, "\\bhead (?:is )?(?:too )?cold\\b|\\bunder ?temp[a-z]*\\b"),
            new Sign(DeviceReason.OTHER_WARNING, "\\b(?:clean|replace) (?:the )?(?:print ?)?head\\b"));

    /** Parts that a complaint may name without saying what is wrong with them. */
    private static final List<Sign> PART_SIGNS = List.of(
            new Sign(DeviceReason.MEDIA_EMPTY, "\\b(?:paper|media)\\b"),
            new Sign(DeviceReason.MARKER_SUPPLY_EMPTY, "\\bribbon\\b"),
            new Sign(DeviceReason.COVER_OPEN, "\\b(?:(?:print ?)?heads?|covers?|doors?|lids?|latch)\\b"),
            new Sign(
                    DeviceReason.OTHER,
                    "\\b(?:cutters?|batter(?:y|ies)|temp(?:erature)?|hot|heat|voltage|gaps?|marks?|sensors?|motors?"
                            + "|condition|cleared|recover[a-z]*)\\b"));

    /** A complaint that says nothing but the name of a part. */
    private static final Pattern BARE = Pattern.compile(
            "(?:err|errors?|naks?|nack|faults?)(?: (?:[0-9]+|code|error|problem|failure|fault|check|paper|media|stock"
                    + "|ribbon|print|(?:print)?heads?|covers?|doors?|lids?|latch))*");

    private static final Pattern RECOVERED =
            Pattern.compile("(?<!\\bnot )\\b(?:cleared|recovered|resolved|restored|resumed|un ?paused)\\b");
    private static final Pattern WELL_AGAIN = Pattern.compile("\\b" + LID + "(?: is| now)* (?:closed|latched|locked)\\b"
            + "|\\b(?:paper|media|labels?|ribbon)(?: is| now)* (?:loaded|installed|replaced|ok)\\b"
            + "|\\bpause(?: is)? (?:off|released|ended)\\b|\\bnot paused\\b|\\blabel(?: is)? (?:taken|removed)\\b"
            + "|^(?:printer )?(?:is |back |now )*on ?line$");

    private DeviceWords() {}

    /** Whether the words tell that a condition is over. */
    static boolean tellRecovery(String words, boolean areReport) {
        if (!areReport && !PARTS.matcher(words).find()) {
            return false;
        }
        if (RECOVERED.matcher(words).find()) {
            return true;
        }
        return WELL_AGAIN.matcher(words).find() && reasons(words).isEmpty();
    }

    /** The conditions that the words name by part and state. */
    static Set<DeviceReason> reasons(String words) {
        return PARTS.matcher(words).find() ? found(SIGNS, words) : EnumSet.noneOf(DeviceReason.class);
    }

    /** The conditions that a complaint means when it names only a part; when it says more, it means {@code OTHER}. */
    static Set<DeviceReason> reasonsOfParts(String words) {
        Set<DeviceReason> reasons = found(PART_SIGNS, words);
        return reasons.isEmpty() || BARE.matcher(words).matches() ? reasons : EnumSet.of(DeviceReason.OTHER);
    }

    private static Set<DeviceReason> found(List<Sign> signs, String words) {
        Set<DeviceReason> reasons = EnumSet.noneOf(DeviceReason.class);
        for (Sign sign : signs) {
            if (!reasons.contains(sign.reason())
                    && sign.pattern().matcher(words).find()) {
                reasons.add(sign.reason());
            }
        }
        return reasons;
    }
}
