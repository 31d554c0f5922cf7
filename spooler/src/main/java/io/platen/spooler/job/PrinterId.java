package io.platen.spooler.job;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** The id of a printer, which never changes: 1 to 63 lower-case letters, digits and dashes. */
public record PrinterId(@JsonValue String value) {
    private static final Pattern SLUG = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public PrinterId {
        if (!SLUG.matcher(value).matches()) {
            throw new IllegalArgumentException("A printer's id is 1 to 63 lower-case letters, digits and dashes,"
                    + " beginning with a letter or digit");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
