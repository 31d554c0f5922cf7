package io.platen.spooler.job;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Shape;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.platen.persistence.document.StoredDocument;
import io.platen.printer.diagnosis.ByteCounts;
import io.platen.printer.diagnosis.DeliveryFailure;
import io.platen.printer.diagnosis.Rung;
import io.platen.spooler.job.JobAttempt.Outcome;
import java.io.IOException;

/**
 * In a snapshot, what there is of each job is a row: its fields in their order, without their names. A start reads all
 * jobs of all printers; names, and finding fields by them, would be most of it. New fields go to the end.
 */
public final class SnapshotRows extends SimpleModule {

    /** The fields alone: nothing that follows from them. */
    @JsonFormat(shape = Shape.ARRAY)
    @JsonAutoDetect(isGetterVisibility = Visibility.NONE)
    private static final class Row {}

    /** Made by Akka, by name. */
    public SnapshotRows() {
        super("snapshot-rows");
        for (Class<?> type : new Class<?>[] {
            PrintJob.class, JobTicket.class, JobRef.class, StoredDocument.class, JobAttempt.class, ByteCounts.class
        }) {
            setMixInAnnotation(type, Row.class);
        }
        addDeserializer(PrintJob.class, new Jobs());
    }

    /** As Jackson would, in three quarters of the time (by samples of a start). */
    private static final class Jobs extends StdDeserializer<PrintJob> {
        private static final RowReader.Keywords<JobState> STATES = RowReader.Keywords.of(JobState.values());
        private static final RowReader.Keywords<JobReason> REASONS = RowReader.Keywords.of(JobReason.values());
        private static final RowReader.Keywords<Outcome> OUTCOMES = RowReader.Keywords.of(Outcome.values());
        private static final RowReader.Keywords<Rung> RUNGS = RowReader.Keywords.of(Rung.values());
        private static final RowReader.Keywords<Verdict> VERDICTS = RowReader.Keywords.of(Verdict.values());

        Jobs() {
            super(PrintJob.class);
        }

        @Override
        public PrintJob deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return job(new RowReader(parser, context));
        }

        private static PrintJob job(RowReader in) throws IOException {
            var job = new PrintJob(
                    (int) in.number(),
                    in.row(Jobs::ticket),
                    in.keyword(STATES),
                    in.list(row -> row.keywordIfAny(REASONS)),
                    in.list(row -> row.rowIfAny(Jobs::attempt)),
                    in.time(),
                    in.timeIfAny(),
                    in.timeIfAny(),
                    in.keywordIfAny(RUNGS),
                    in.timeIfAny(),
                    in.valueIfAny(PrinterId.class),
                    in.number(),
                    in.number());
            in.end();
            return job;
        }

        private static JobTicket ticket(RowReader in) throws IOException {
            return new JobTicket(
                    in.textIfAny(),
                    in.row(row -> new StoredDocument(row.text(), row.number(), row.text())),
                    in.textIfAny(),
                    (int) in.number(),
                    (int) in.number(),
                    in.textIfAny(),
                    in.rowIfAny(row -> new JobRef(row.value(PrinterId.class), (int) row.number())),
                    in.textIfAny(),
                    in.textIfAny());
        }

        private static JobAttempt attempt(RowReader in) throws IOException {
            return new JobAttempt(
                    (int) in.number(),
                    in.time(),
                    in.timeIfAny(),
                    in.keywordIfAny(OUTCOMES),
                    in.keywordIfAny(RUNGS),
                    in.rowIfAny(row -> new ByteCounts(row.number(), row.numberIfAny(), row.number())),
                    in.valueIfAny(DeliveryFailure.class),
                    in.keywordIfAny(VERDICTS));
        }
    }
}
