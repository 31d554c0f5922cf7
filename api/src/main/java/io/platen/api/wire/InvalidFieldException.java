package io.platen.api.wire;

/** A field of a request is well-formed but refused. The message says what to write instead. */
public final class InvalidFieldException extends Exception {
    private final String field;

    public InvalidFieldException(String field, String detail) {
        super(detail);
        this.field = field;
    }

    /** The refused field, with dots for nesting. */
    public String field() {
        return field;
    }
}
