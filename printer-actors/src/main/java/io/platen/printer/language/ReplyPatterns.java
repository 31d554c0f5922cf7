package io.platen.printer.language;

import org.jspecify.annotations.Nullable;

/**
 * What a printer's settings say of its words.
 *
 * @param rejects what else in a line of text means that the printer refused the data
 * @param ignores what in a line of text means nothing; looked at before everything else
 */
public record ReplyPatterns(
        @Nullable ReplyPattern rejects, @Nullable ReplyPattern ignores) {
    public static final ReplyPatterns NONE = new ReplyPatterns(null, null);
}
