package io.platen.spooler.queue;

import io.platen.spooler.job.QueueLimits;

/**
 * What is configured for every queue.
 *
 * @param printersLimit more printers cannot be configured
 * @param waitingRequests requests that wait for a queue's journal write before more are refused
 * @param snapshotEvery events between two snapshots
 */
public record QueueSettings(QueueLimits limits, int printersLimit, int waitingRequests, int snapshotEvery) {}
