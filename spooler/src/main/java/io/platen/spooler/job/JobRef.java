package io.platen.spooler.job;

/** A job's address: its printer and its number there. */
public record JobRef(PrinterId printer, int job) {}
