package io.platen.printer;

/**
 * Names one attempt to deliver one job of a printer. Every message of an attempt carries it, so that
 * late ones are known as such.
 *
 * @param job the job's number
 * @param number counted from 1 per job
 */
public record AttemptId(int job, int number) {}
