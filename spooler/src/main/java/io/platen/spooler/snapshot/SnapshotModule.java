package io.platen.spooler.snapshot;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Shape;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.platen.persistence.document.StoredDocument;
import io.platen.printer.diagnosis.ByteCounts;
import io.platen.printer.language.Labels;
import io.platen.spooler.job.JobAttempt;
import io.platen.spooler.job.JobRef;
import io.platen.spooler.job.JobTicket;
import io.platen.spooler.job.PrintJob;
import java.util.List;

/**
 * Writes each job of a snapshot as a row: the values of its fields in order, without names. A start reads the snapshots of all
 * printers, and names would be most of the bytes. New fields must go to the end of a record.
 */
public final class SnapshotModule extends SimpleModule {
    private static final List<Class<?>> ROWS = List.of(
            PrintJob.class,
            JobTicket.class,
            JobTicket.Claim.class,
            JobRef.class,
            StoredDocument.class,
            Labels.class,
            JobAttempt.class,
            ByteCounts.class);

    /** Fields only, without what {@code is…()} methods derive from them. */
    @JsonFormat(shape = Shape.ARRAY)
    @JsonAutoDetect(isGetterVisibility = Visibility.NONE)
    private static final class Row {}

    /** Akka calls this by reflection: {@code reference.conf} names this class. */
    public SnapshotModule() {
        super("snapshot-rows");
        ROWS.forEach(type -> setMixInAnnotation(type, Row.class));
    }
}
