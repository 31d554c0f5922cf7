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
 * In a snapshot each job is a row: the values of its fields in their order, without the names. A start reads the snapshots
 * of all printers, and names would be most of what it reads. New fields go to the end of a record.
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

    /** The fields alone, without what {@code is…()} methods derive from them. */
    @JsonFormat(shape = Shape.ARRAY)
    @JsonAutoDetect(isGetterVisibility = Visibility.NONE)
    private static final class Row {}

    /** Called by Akka, which finds this class by its name in {@code reference.conf}. */
    public SnapshotModule() {
        super("snapshot-rows");
        ROWS.forEach(type -> setMixInAnnotation(type, Row.class));
    }
}
