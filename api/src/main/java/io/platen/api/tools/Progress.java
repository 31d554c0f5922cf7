package io.platen.api.tools;

/** Hears how far something long is. */
@FunctionalInterface
public interface Progress {

    /** So many are done. */
    void at(String what, long done);
}
