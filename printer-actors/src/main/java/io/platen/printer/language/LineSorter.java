package io.platen.printer.language;

import io.platen.printer.language.Frame.Kind;
import java.util.Optional;

/**
 * Sorts one line, or one byte that stands alone: first by the printer's settings, then by its language, then by words that
 * printers of every language use. Frames that a language knows by their bytes do not come here, so a pattern such as
 * {@code error} cannot match a status frame or a job's name inside one.
 */
final class LineSorter {
    private final Dialect dialect;
    private final ReplyPatterns patterns;
    private final PatternBudget budget;

    LineSorter(Dialect dialect, ReplyPatterns patterns, PatternBudget budget) {
        this.dialect = dialect;
        this.patterns = patterns;
        this.budget = budget;
    }

    /** The line's frame; empty when the line says nothing. */
    Optional<Frame> sort(String line) {
        if (budget.finds(patterns.ignores(), line)) {
            return Optional.empty();
        }
        if (budget.finds(patterns.rejects(), line)) {
            return Optional.of(Frame.of(Kind.REFUSAL, line));
        }
        return PjlStatus.sort(line)
                .or(() -> dialect.sort(line))
                .or(() -> handshake(line))
                .or(() -> ZplErrorStatus.sortLine(line))
                .or(() -> Ascii.isPrintable(line) ? Optional.of(PlainWords.sort(line)) : Optional.empty());
    }

    /** The frame of a line that is too long for any language, by its beginning. */
    Optional<Frame> sortOvergrown(String head) {
        if (Ascii.isBlank(head) || budget.finds(patterns.ignores(), head)) {
            return Optional.empty();
        }
        return Optional.of(Frame.of(budget.finds(patterns.rejects(), head) ? Kind.REFUSAL : Kind.UNKNOWN, head));
    }

    private Optional<Frame> handshake(String line) {
        return line.length() == 1 && dialect.isHandshake(line.charAt(0))
                ? Optional.of(Frame.of(Kind.ACKNOWLEDGEMENT, line))
                : Optional.empty();
    }
}
