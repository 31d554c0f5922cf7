package io.platen.printer;

/**
 * Names one attempt to deliver one job of a printer. Every message of an attempt carries it, so that a late message of an
 * earlier attempt is recognised.
 *
 * @param job the job's number
 * @param number counted from 1 per job
 */
public record AttemptId(int job, int number) {}
