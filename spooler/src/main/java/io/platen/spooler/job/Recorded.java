package io.platen.spooler.job;

/** An event with its sequence number in the printer's stream. */
public record Recorded(long sequence, PrinterEvent event) {}
