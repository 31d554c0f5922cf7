package io.platen.printer.connection;

import static java.util.Map.entry;

import java.util.Map;

/** Where a {@link PrinterConnection} is, and where it can go from there. */
enum ConnectionPhase {
    /** No connection is open, and nothing is under way. */
    IDLE,
    /** The connection was lost, and the actor restarted; the next try comes after a pause. */
    BACKING_OFF,
    CONNECTING,
    /** A fresh connection after a loss must hold for a moment before the owner is asked for a document. */
    HOLDING,
    DELIVERING,
    /** The connection is open and watched, and takes a document. */
    WAITING,
    /** The printer is asked whether it still knows the connection, before a document goes over it. */
    CHECKING,
    /** The printer is asked for its status. */
    PROBING;

    /** Where each phase can go, and when. */
    Map<ConnectionPhase, String> next() {
        return switch (this) {
            case IDLE -> Map.of(CONNECTING, "a document or a probe comes");
            case BACKING_OFF -> Map.of(CONNECTING, "the pause is over");
            case CONNECTING ->
                Map.ofEntries(
                        entry(DELIVERING, "connected, for a document"),
                        entry(PROBING, "connected, for a probe"),
                        entry(HOLDING, "connected, after a loss"),
                        entry(IDLE, "canceled, retired or interrupted"),
                        entry(BACKING_OFF, "no connection came about"));
            case HOLDING ->
                Map.ofEntries(
                        entry(WAITING, "the connection has held"),
                        entry(IDLE, "interrupted"),
                        entry(BACKING_OFF, "the printer resets it"));
            case DELIVERING ->
                Map.ofEntries(
                        entry(WAITING, "over, and the connection stays open"),
                        entry(IDLE, "over, and the connection is closed"),
                        entry(CONNECTING, "the reused connection was stale"),
                        entry(BACKING_OFF, "the connection is lost"));
            case WAITING ->
                Map.ofEntries(
                        entry(DELIVERING, "a document comes, and the connection is fresh"),
                        entry(CHECKING, "a document comes, and the connection was used before"),
                        entry(CONNECTING, "a document comes, and the connection must not be used for it"),
                        entry(PROBING, "a probe comes"),
                        entry(IDLE, "FIN, RST, no document in time, or interrupted"),
                        entry(BACKING_OFF, "the previous job is in doubt, and the connection lost with it"));
            case CHECKING ->
                Map.ofEntries(
                        entry(DELIVERING, "the printer answers"),
                        entry(CONNECTING, "the connection is stale"),
                        entry(IDLE, "canceled, retired or interrupted"),
                        entry(BACKING_OFF, "the previous job is in doubt, and the connection lost with it"));
            case PROBING ->
                Map.ofEntries(
                        entry(IDLE, "the printer says that it can print, or does not answer"),
                        entry(WAITING, "the printer's language has no status query"),
                        entry(BACKING_OFF, "the printer says that it cannot print, or the connection is lost"));
        };
    }
}
