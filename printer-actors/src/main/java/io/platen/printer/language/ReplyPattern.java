package io.platen.printer.language;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * A regular expression from a printer's settings, in RE2 syntax: the time for a search is linear in the sizes of text and
 * pattern. Therefore it has no back-references and no look-around.
 */
public final class ReplyPattern {
    /** How often a part may be repeated by counts, nested ones multiplied: {@code (a{30}){30}} is 900. */
    private static final int MOST_REPEATED = 1000;

    /** How many instructions a pattern may compile to; at worst, each takes a step for each character. */
    private static final int MOST_INSTRUCTIONS = 1000;

    private final Pattern pattern;

    private ReplyPattern(Pattern pattern) {
        this.pattern = pattern;
    }

    /**
     * Compiles a pattern.
     *
     * @throws IllegalArgumentException with a message for the user who wrote it
     */
    public static ReplyPattern of(String regex) {
        if (mostRepeated(regex) > MOST_REPEATED) {
            throw tooLarge();
        }
        Pattern pattern;
        try {
            pattern = Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "Not a regular expression in RE2 syntax: %s. Back-references and look-around are not supported."
                            .formatted(e.getDescription()),
                    e);
        }
        if (pattern.programSize() > MOST_INSTRUCTIONS) {
            throw tooLarge();
        }
        return new ReplyPattern(pattern);
    }

    private static IllegalArgumentException tooLarge() {
        return new IllegalArgumentException("This regular expression repeats too much; write it with smaller counts.");
    }

    boolean finds(String line) {
        return pattern.matcher(line).find();
    }

    /** How many steps a search through a line takes at worst. */
    long steps(String line) {
        return (long) pattern.programSize() * (line.length() + 1);
    }

    /**
     * How often the most repeated part of a pattern is repeated by counts. RE2 writes each repetition out when it
     * compiles: {@code ((a{1000}){1000}){1000}} would take all memory.
     */
    private static long mostRepeated(String regex) {
        return new Counts(regex).most();
    }

    /** Reads only a pattern's groups and counts. RE2 refuses unbalanced ones later. */
    private static final class Counts {
        private final String regex;
        private int at;

        Counts(String regex) {
            this.regex = regex;
        }

        /** The most repetitions of a part between here and the end of the group. */
        long most() {
            long most = 1;
            long last = 1;
            while (at < regex.length()) {
                char c = regex.charAt(at++);
                if (c == ')') {
                    return most;
                } else if (c == '{') {
                    last = Math.min(MOST_REPEATED + 1L, last * count());
                } else {
                    last = switch (c) {
                        case '(' -> most();
                        case '\\' -> escaped();
                        case '[' -> bracketed();
                        default -> 1;
                    };
                }
                most = Math.max(most, last);
            }
            return most;
        }

        private long escaped() {
            if (regex.startsWith("Q", at)) {
                int end = regex.indexOf("\\E", at);
                at = end < 0 ? regex.length() : end;
            } else if (at < regex.length()) {
                at++;
            }
            return 1;
        }

        private long bracketed() {
            // A ']' that comes first stands for itself.
            if (regex.startsWith("^", at)) {
                at++;
            }
            at++;
            while (at < regex.length() && regex.charAt(at) != ']') {
                at += regex.charAt(at) == '\\' ? 2 : 1;
            }
            at++;
            return 1;
        }

        /** The larger number of {@code n}, {@code n,} or {@code n,m} and its brace; 1 when this is no count. */
        private long count() {
            int start = at;
            long most = 0;
            long number = 0;
            while (at < regex.length()) {
                char c = regex.charAt(at++);
                if (c >= '0' && c <= '9') {
                    number = Math.min(MOST_REPEATED + 1L, number * 10 + (c - '0'));
                } else if (c == ',' || c == '}') {
                    most = Math.max(most, number);
                    number = 0;
                    if (c == '}') {
                        return Math.max(1, most);
                    }
                } else {
                    break;
                }
            }
            at = start;
            return 1;
        }
    }
}
