package io.platen.spooler.queue;

import io.platen.spooler.job.QueueLimits;

/**
 * The settings of all queues.
 *
 * @param printersLimit most printers
 * @param waitingRequests most requests that wait for a queue's journal write; more are refused
 * @param snapshotEvery events between two snapshots
 */
public record QueueSettings(QueueLimits limits, int printersLimit, int waitingRequests, int snapshotEvery) {}
