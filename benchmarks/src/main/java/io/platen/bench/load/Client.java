package io.platen.bench.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** One connection of the load generator, with at most one request under way. */
final class Client {
    private static final int REQUEST_BYTES = 16 * 1024;
    private static final int ANSWER_BYTES = 16 * 1024;

    private final InetSocketAddress address;
    private final Selector selector;
    private final ByteBuffer out = ByteBuffer.allocateDirect(REQUEST_BYTES);
    private final ByteBuffer in = ByteBuffer.allocateDirect(ANSWER_BYTES);
    private AnswerReader reader = new AnswerReader();
    private SocketChannel channel;
    private SelectionKey key;
    private long dueNanos;
    private boolean waiting;

    Client(InetSocketAddress address, Selector selector) throws IOException {
        this.address = address;
        this.selector = selector;
        channel = connect();
        key = channel.register(selector, SelectionKey.OP_READ, this);
    }

    private SocketChannel connect() throws IOException {
        var connected = SocketChannel.open(address);
        connected.setOption(StandardSocketOptions.TCP_NODELAY, true);
        connected.configureBlocking(false);
        return connected;
    }

    /** After the server has ended the connection: the request under way, if any, is given up. */
    void reconnect() throws IOException {
        channel.close();
        waiting = false;
        reader = new AnswerReader();
        in.clear();
        channel = connect();
        key = channel.register(selector, SelectionKey.OP_READ, this);
    }

    void send(Job job, long number, long due) throws IOException {
        dueNanos = due;
        waiting = true;
        out.clear();
        job.put(out, number);
        out.flip();
        write();
    }

    void write() throws IOException {
        channel.write(out);
        int interest = out.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
        if (key.interestOps() != interest) {
            key.interestOps(interest);
        }
    }

    /** Reads what is there; whether the answer is complete. */
    boolean read() throws IOException {
        if (channel.read(in) < 0) {
            throw new EOFException();
        }
        return waiting && reader.isComplete(in);
    }

    boolean accepted(Protocol.Acceptance acceptance) {
        return acceptance.accepts(reader.status(in), reader.bodyStart(in));
    }

    String answer() {
        return reader.start(in);
    }

    /** The answer has been dealt with. */
    void done() {
        reader.next(in);
        waiting = false;
    }

    boolean isWaiting() {
        return waiting;
    }

    long dueNanos() {
        return dueNanos;
    }

    void close() throws IOException {
        channel.close();
    }
}
