package io.platen.spooler.job;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Shape;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.ObjectCodec;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.platen.persistence.document.StoredDocument;
import io.platen.printer.diagnosis.ByteCounts;
import io.platen.printer.diagnosis.DeliveryFailure;
import io.platen.printer.diagnosis.LastWords;
import io.platen.printer.diagnosis.Rung;
import io.platen.printer.language.Labels;
import io.platen.spooler.job.JobAttempt.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Objects;

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
            PrintJob.class,
            JobTicket.class,
            JobTicket.Claim.class,
            JobRef.class,
            StoredDocument.class,
            Labels.class,
            JobAttempt.class,
            ByteCounts.class
        }) {
            setMixInAnnotation(type, Row.class);
        }
        addDeserializer(PrintJob.class, new Jobs());
        addSerializer(new Packing());
        addDeserializer(FinishedJobs.class, new Unpacking());
    }

    /** Of a row, no more than is needed for it. */
    static String documentId(JsonParser row) throws IOException {
        for (int array = 0; array < 3; ) {
            // The job's, its ticket's and the document's, which begins with it; a number and a name lie between.
            JsonToken token = row.nextToken();
            if (token == null) {
                throw new JsonMappingException(row, "the row ends before its document");
            }
            array += token == JsonToken.START_ARRAY ? 1 : 0;
        }
        return row.nextTextValue();
    }

    /** Finished jobs: each with what is asked of all, and its row as bytes, which stay as they are until it is asked for. */
    private static final class Packing extends StdSerializer<FinishedJobs> {
        Packing() {
            super(FinishedJobs.class);
        }

        @Override
        public void serialize(FinishedJobs finished, JsonGenerator out, SerializerProvider provider)
                throws IOException {
            out.writeStartArray();
            for (KeptJob job : finished.jobs()) {
                out.writeStartArray();
                out.writeNumber(job.number());
                out.writeString(job.ownKey());
                out.writeString(job.state().keyword());
                out.writeNumber(Objects.requireNonNull(job.endedAt()).toEpochMilli());
                out.writeBoolean(job.isWatched());
                out.writeBinary(job instanceof PackedJob packed ? packed.row() : row(job.job(), out.getCodec()));
                out.writeEndArray();
            }
            out.writeEndArray();
        }

        private static byte[] row(PrintJob job, ObjectCodec codec) throws IOException {
            var bytes = new ByteArrayOutputStream(512);
            try (JsonGenerator row = codec.getFactory().createGenerator(bytes)) {
                codec.writeValue(row, job);
            }
            return bytes.toByteArray();
        }
    }

    private static final class Unpacking extends StdDeserializer<FinishedJobs> {
        Unpacking() {
            super(FinishedJobs.class);
        }

        @Override
        public FinishedJobs deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            ObjectCodec codec = parser.getCodec();
            return new FinishedJobs(new RowReader(parser, context)
                    .rest(row -> row.rowIfAny(job -> new PackedJob(
                            (int) job.number(),
                            job.textIfAny(),
                            job.keyword(Jobs.STATES),
                            job.number(),
                            job.flag(),
                            job.bytes(),
                            codec))));
        }
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
                    in.textIfAny(),
                    in.rowIfAny(row -> new Labels(row.number(), row.number(), row.flag(), (int) row.number())),
                    in.rowIfAny(row -> new JobTicket.Claim(row.textIfAny(), row.text())));
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
                    in.keywordIfAny(VERDICTS),
                    in.valueIfAny(LastWords.class));
        }
    }
}
