package io.platen.spooler.queue;

import io.platen.spooler.job.PrintJob;
import io.platen.spooler.job.PrinterId;
import io.platen.spooler.job.QueueState;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes no folders; remembers what it was told. */
final class ToldFiling implements Filing {
    final List<String> told = new CopyOnWriteArrayList<>();

    @Override
    public void condemned(PrinterId printer, PrintJob job) {
        told.add("condemned " + job.number());
    }

    @Override
    public void takenOut(PrinterId printer, int job) {
        told.add("taken out " + job);
    }

    @Override
    public void recovered(PrinterId printer, QueueState state) {}
}
