package io.platen.printer.language;

import org.jspecify.annotations.Nullable;

/**
 * The patterns by which a printer's settings sort its words.
 *
 * @param rejects a line that matches means that the printer refused the data; null for none
 * @param ignores a line that matches means nothing; checked before everything else; null for none
 */
public record ReplyPatterns(
        @Nullable ReplyPattern rejects, @Nullable ReplyPattern ignores) {
    public static final ReplyPatterns NONE = new ReplyPatterns(null, null);
}
