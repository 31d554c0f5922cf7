package io.platen.printer.connection;

import akka.stream.javadsl.Source;
import akka.util.ByteString;

/** The bytes of a job for its printer. They can be sent more than once, as a stale connection is replaced. */
public sealed interface PrintData {

    /** A small document. It goes to the socket in one write. */
    record InMemory(ByteString bytes) implements PrintData {
        @Override
        public PrintData after(ByteString preamble) {
            return new InMemory(preamble.concat(bytes));
        }
    }

    /** A document that is read as fast as the printer takes it. */
    record Streamed(Source<ByteString, ?> bytes) implements PrintData {
        @Override
        public PrintData after(ByteString preamble) {
            return new Streamed(Source.single(preamble).concat(bytes));
        }
    }

    static PrintData of(ByteString bytes) {
        return new InMemory(bytes);
    }

    static PrintData of(Source<ByteString, ?> bytes) {
        return new Streamed(bytes);
    }

    /** These bytes, after a preamble. */
    PrintData after(ByteString preamble);
}
