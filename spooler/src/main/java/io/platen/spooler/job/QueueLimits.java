package io.platen.spooler.job;

/**
 * How many jobs a printer's queue holds.
 *
 * @param activeJobs most unfinished jobs; more are refused
 * @param finishedJobsKept finished jobs that can still be looked up, and whose idempotency keys still count
 */
public record QueueLimits(int activeJobs, int finishedJobsKept) {}
