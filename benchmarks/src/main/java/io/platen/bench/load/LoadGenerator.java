package io.platen.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Submits jobs from the calling thread. Numbers go on from one run to the next, so that each job has one of its own. */
public final class LoadGenerator {
    private static final long LONGEST_ANSWER_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long NAP_NANOS = 50_000;
    private static final long MILLI = 1_000_000;

    private final Protocol protocol;
    private final SubmittedJobs submitted;
    private long next;
    private long acceptedInAll;

    public LoadGenerator(Protocol protocol) {
        this(protocol, (job, dueNanos) -> {});
    }

    public LoadGenerator(Protocol protocol, SubmittedJobs submitted) {
        this.protocol = protocol;
        this.submitted = submitted;
    }

    /** For a server that has moved to another port; numbers and counts go on. */
    public LoadGenerator at(Protocol moved) {
        var generator = new LoadGenerator(moved, submitted);
        generator.next = next;
        generator.acceptedInAll = acceptedInAll;
        return generator;
    }

    /** How many jobs all runs have brought in. */
    public long accepted() {
        return acceptedInAll;
    }

    /**
     * Runs at this pace, and waits for the last answers.
     *
     * @throws IOException if the server cannot be connected to, or if it refuses every job, with its answer
     */
    public Load run(Pace pace) throws IOException {
        try (var selector = Selector.open()) {
            return new Run(pace, selector).run();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private final class Run {
        final Pace pace;
        final Selector selector;
        final List<Client> clients = new ArrayList<>();
        final ArrayDeque<Client> free = new ArrayDeque<>();
        final Histogram nanos = new Histogram(TimeUnit.MINUTES.toNanos(10), 3);
        final long start = System.nanoTime();
        final long end;
        long due;
        long accepted;
        long refused;
        long lost;

        @Nullable
        String refusal;

        Run(Pace pace, Selector selector) throws IOException {
            this.pace = pace;
            this.selector = selector;
            end = start + pace.time().toNanos();
            for (int i = 0; i < pace.connections(); i++) {
                var client = new Client(protocol.address(), selector);
                clients.add(client);
                free.add(client);
            }
        }

        Load run() throws IOException {
            long processor = processorNanos();
            while (System.nanoTime() < end) {
                submit();
                await(end);
            }
            long patience = System.nanoTime() + LONGEST_ANSWER_NANOS;
            while (free.size() < clients.size() && System.nanoTime() < patience) {
                await(patience);
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            lost += clients.size() - free.size();
            for (Client client : clients) {
                client.close();
            }
            if (accepted == 0 && refusal != null) {
                throw new IOException("Every job is refused: " + refusal);
            }
            return new Load(accepted, refused, lost, seconds, nanos, (processorNanos() - processor) / 1e9);
        }

        /** All that is due, as far as clients are free and the printers have room. */
        void submit() throws IOException {
            long now = System.nanoTime();
            long room = pace.room().getAsLong() - (clients.size() - free.size());
            while (!free.isEmpty() && room > 0 && (!pace.isOpen() || dueNanos() <= now)) {
                long dueAt = pace.isOpen() ? dueNanos() : now;
                due++;
                room--;
                send(free.poll(), dueAt);
            }
        }

        void send(Client client, long dueAt) throws IOException {
            long number = next++;
            submitted.submitted(number, dueAt);
            try {
                client.send(protocol.jobs().get((int) (number % protocol.jobs().size())), number, dueAt);
            } catch (IOException e) {
                reconnect(client);
            }
        }

        long dueNanos() {
            return start + (long) (due * 1e9 / pace.perSecond());
        }

        void await(long until) throws IOException {
            long left = until - System.nanoTime();
            boolean held = !free.isEmpty();
            if (held && pace.isOpen()) {
                left = Math.min(left, dueNanos() - System.nanoTime());
            } else if (held) {
                // The printers are behind; they make room without telling.
                left = Math.min(left, MILLI);
            }
            if (left >= MILLI) {
                selector.select(this::serve, left / MILLI);
            } else if (selector.selectNow(this::serve) == 0 && left > 0) {
                LockSupport.parkNanos(Math.min(left, NAP_NANOS));
            }
        }

        void serve(SelectionKey key) {
            var client = (Client) key.attachment();
            try {
                if (key.isWritable()) {
                    client.write();
                }
                if (key.isReadable() && client.read()) {
                    answered(client);
                }
            } catch (IOException e) {
                reconnect(client);
            }
        }

        void answered(Client client) throws IOException {
            long now = System.nanoTime();
            nanos.recordValue(now - client.dueNanos());
            if (client.accepted(protocol.acceptance())) {
                accepted++;
                acceptedInAll++;
            } else {
                refused++;
                refusal = client.answer();
            }
            client.done();
            free.add(client);
            if (now < end && !pace.isOpen()) {
                submit();
            }
        }

        void reconnect(Client client) {
            if (client.isWaiting()) {
                lost++;
                free.add(client);
            }
            try {
                client.reconnect();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static long processorNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
