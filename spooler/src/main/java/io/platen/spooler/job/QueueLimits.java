package io.platen.spooler.job;

/**
 * How much a printer's queue holds.
 *
 * @param activeJobs unfinished jobs; more are refused
 * @param finishedJobsKept finished jobs that can still be looked up, and whose idempotency keys count
 */
public record QueueLimits(int activeJobs, int finishedJobsKept) {}
