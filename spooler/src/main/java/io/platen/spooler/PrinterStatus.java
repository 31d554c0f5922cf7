package io.platen.spooler;

import io.platen.printer.ConnectionStatus;
import io.platen.spooler.job.PrinterId;
import io.platen.spooler.job.PrinterProfile;
import io.platen.spooler.job.QueueState;

/**
 * The last published state of a printer.
 *
 * @param profile the queue's profile, which is never null here
 * @param line the state of the connection
 */
public record PrinterStatus(PrinterId id, PrinterProfile profile, QueueState queue, ConnectionStatus line) {}
