package io.platen.api.tools;

/** Receives the progress of a long operation. */
@FunctionalInterface
public interface Progress {

    /** Called with the number of things done so far. */
    void at(String what, long done);
}
