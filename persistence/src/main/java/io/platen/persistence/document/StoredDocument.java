package io.platen.persistence.document;

/**
 * A document that is durable on disk.
 *
 * @param id names it in the store
 * @param size in bytes
 * @param sha256 in lower-case hex
 */
public record StoredDocument(String id, long size, String sha256) {}
