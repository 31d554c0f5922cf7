package io.platen.spooler.snapshot;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.ObjectCodec;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.platen.spooler.job.JobState;
import io.platen.spooler.job.KeptJob;
import io.platen.spooler.job.PrintJob;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The form of a finished job in a snapshot: number, key, state, end and whether it has a callback or a trace, which are needed of
 * all jobs, and then its row as bytes. The row is parsed only when the job is asked for.
 */
final class PackedJobs {
    private PackedJobs() {}

    /** Writes a job. A row that was never unpacked is copied as it is. */
    static final class Writer extends StdSerializer<KeptJob> {
        Writer() {
            super(KeptJob.class);
        }

        @Override
        public void serialize(KeptJob job, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeStartArray();
            out.writeNumber(job.number());
            out.writeString(job.ownKey());
            out.writeString(job.state().keyword());
            out.writeNumber(Objects.requireNonNull(job.endedAt()).toEpochMilli());
            out.writeBoolean(job.isWatched());
            out.writeBinary(job instanceof PackedJob packed ? packed.row() : row(job.job(), out.getCodec()));
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

    /** Reads a job without parsing its row. */
    static final class Reader extends StdDeserializer<KeptJob> {
        private static final Map<String, JobState> STATES = Arrays.stream(JobState.values())
                .collect(Collectors.toUnmodifiableMap(JobState::keyword, Function.identity()));

        Reader() {
            super(KeptJob.class);
        }

        @Override
        public KeptJob deserialize(JsonParser in, DeserializationContext context) throws IOException {
            if (!in.isExpectedStartArrayToken()) {
                context.reportWrongTokenException(this, JsonToken.START_ARRAY, "a finished job is an array");
            }
            int number = in.nextIntValue(0);
            String key = in.nextTextValue();
            JobState state = STATES.get(String.valueOf(in.nextTextValue()));
            long endedAt = in.nextLongValue(0);
            boolean watched = Boolean.TRUE.equals(in.nextBooleanValue());
            in.nextToken();
            byte[] row = in.getBinaryValue();
            if (in.nextToken() != JsonToken.END_ARRAY || state == null) {
                throw JsonMappingException.from(
                        in, "finished job %d is not as this version writes it".formatted(number));
            }
            return new PackedJob(number, key, state, endedAt, watched, row, in.getCodec());
        }
    }
}
