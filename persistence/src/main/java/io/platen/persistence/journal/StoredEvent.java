package io.platen.persistence.journal;

/**
 * An event with its place.
 *
 * @param persistenceId the id of its stream
 * @param sequence its number in the stream, counted from 1
 */
public record StoredEvent(String persistenceId, long sequence, EventRecord event) {}
