package io.platen.api.http.request;

import io.platen.api.http.problem.ProblemException;
import io.platen.api.http.problem.ProblemType;
import io.platen.spooler.PrinterStatus;
import io.platen.spooler.StatusBoard;
import io.platen.spooler.job.PrintJob;
import io.platen.spooler.job.PrinterId;

/**
 * Finds the printers and jobs that a request names, or fails with a problem.
 */
public record Lookup(StatusBoard board) {
    /** Digits of the longest job number. Numbers count up from 1. */
    private static final int MOST_DIGITS = 9;

    /** Checks the form of an id; the printer need not exist. */
    public static PrinterId id(String text) {
        try {
            return new PrinterId(text);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ProblemType.BAD_PRINTER_ID, e.getMessage() + ".", "printer");
        }
    }

    public PrinterStatus printer(String text) {
        return printer(id(text));
    }

    public PrinterStatus printer(PrinterId id) {
        return board.find(id)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.NO_SUCH_PRINTER,
                        "There is no printer '" + id + "'. Create it with PUT /v1/printers/" + id + "."));
    }

    public static PrintJob job(PrinterStatus printer, String number) {
        if (number.isEmpty() || number.length() > MOST_DIGITS || !number.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new ProblemException(ProblemType.BAD_REQUEST, "'" + number + "' is not a job number.", "job");
        }
        return printer.queue()
                .jobs()
                .find(Integer.parseInt(number))
                .orElseThrow(() -> new ProblemException(
                        ProblemType.NO_SUCH_JOB, "Printer '" + printer.id() + "' has no job " + number + "."));
    }
}
