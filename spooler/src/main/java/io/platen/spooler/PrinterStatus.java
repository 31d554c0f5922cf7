package io.platen.spooler;

import io.platen.printer.ConnectionStatus;
import io.platen.spooler.job.PrinterId;
import io.platen.spooler.job.PrinterProfile;
import io.platen.spooler.job.QueueState;

/**
 * A printer as it was published last.
 *
 * @param profile the queue's, never null here
 */
public record PrinterStatus(PrinterId id, PrinterProfile profile, QueueState queue, ConnectionStatus line) {}
