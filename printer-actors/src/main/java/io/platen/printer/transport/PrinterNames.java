package io.platen.printer.transport;

import io.netty.util.NetUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of printers' names. A look-up blocks a thread for as long as the system's resolver takes. Therefore look-ups
 * have threads of their own, there is only one look-up per name at a time, and each caller waits no longer than its
 * deadline. Hosts that are addresses need no look-up.
 */
public final class PrinterNames {
    /** Each look-up that hangs occupies a thread. When all of them hang, further look-ups wait until their deadlines. */
    private static final int THREADS = 8;

    private static final int NAMES_KEPT = 10_000;
    private static final Duration UNKNOWN_KEPT = Duration.ofSeconds(2);
    private static final Duration WITH_ADDRESSES = Duration.ofMillis(1800);

    /** What resolvers say of a name that does not exist. Any other text is a failure of the resolver itself. */
    private static final Pattern NO_SUCH_NAME = Pattern.compile(
            "(?i)not known|no address associated|nodename nor servname|no such host|non-existent|unknown host");

    /** Looks a name up; may block for long. */
    @FunctionalInterface
    public interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    /**
     * The addresses of a name.
     *
     * @param addresses one or more, in the resolver's order
     * @param lastGoodAt null for a current answer; else the name server did not answer in time, and these are the addresses
     *     that it gave at that moment
     */
    public record Found(
            List<InetAddress> addresses, @Nullable Instant lastGoodAt) {}

    private record Answer(
            List<InetAddress> addresses, @Nullable UnknownHostException failure, Instant at) {}

    /** What is known of one name. Guarded by {@code names}. */
    private static final class KnownName {
        private @Nullable Answer latest;
        private @Nullable Answer lastGood;
        private @Nullable CompletableFuture<Answer> underWay;
        private Instant askedAt = Instant.EPOCH;
    }

    private final Resolver resolver;
    private final Executor threads;
    private final InstantSource clock;
    private final Duration keptFor;

    private final Map<String, KnownName> names = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, KnownName> eldest) {
            return size() > NAMES_KEPT;
        }
    };

    /**
     * @param threads run look-ups, which may hang
     * @param keptFor how long an answer is good
     */
    public PrinterNames(Resolver resolver, Executor threads, InstantSource clock, Duration keptFor) {
        this.resolver = resolver;
        this.threads = threads;
        this.clock = clock;
        this.keptFor = keptFor;
    }

    /** Names that this host's resolver looks up. */
    public static PrinterNames ofThisHost(InstantSource clock, Duration keptFor) {
        var threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(NAMES_KEPT),
                new DefaultThreadFactory("platen-names", true));
        threads.allowCoreThreadTimeOut(true);
        return new PrinterNames(InetAddress::getAllByName, threads, clock, keptFor);
    }

    /** Whether a host is an IP address, which needs no look-up. */
    public static boolean isAddress(String host) {
        return NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host);
    }

    /**
     * The addresses of a host. Fails with {@link UnknownHostException} when there is no such name, or when the name
     * server does not answer before the deadline and has never answered before.
     */
    public CompletionStage<Found> addresses(String host, Duration deadline) {
        if (isAddress(host)) {
            return literal(host);
        }
        CompletableFuture<Answer> lookUp;
        Duration patience;
        synchronized (names) {
            KnownName entry = entry(host);
            Answer known = entry.latest;
            if (known != null && isFresh(known)) {
                return CompletableFuture.completedFuture(known)
                        .thenApplyAsync(answer -> settled(host, answer, null, deadline), Runnable::run);
            }
            lookUp = lookUp(host, entry);
            patience = patience(entry, deadline);
        }
        return lookUp.copy()
                .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .handleAsync((answer, late) -> settled(host, answer, late, deadline), Runnable::run);
    }

    /**
     * How long to wait for the look-up. When old addresses are known, the wait for a silent name server is short (RFC 8767,
     * section 5), and there is none once that time has passed since the look-up began.
     */
    private Duration patience(KnownName entry, Duration deadline) {
        if (entry.lastGood == null) {
            return deadline;
        }
        Duration half = deadline.dividedBy(2);
        Duration most = half.compareTo(WITH_ADDRESSES) < 0 ? half : WITH_ADDRESSES;
        Duration waited = Duration.between(entry.askedAt, clock.instant());
        Duration left = most.minus(waited);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private static CompletionStage<Found> literal(String host) {
        try {
            return CompletableFuture.completedFuture(new Found(List.of(InetAddress.getByName(host)), null));
        } catch (UnknownHostException e) {
            // The address has a zone that this host does not have.
            return CompletableFuture.failedFuture(e);
        }
    }

    /**
     * Whether a host still has an address, by the latest answer. This never waits: when the answer is too old, the name is
     * looked up again in the background.
     */
    public boolean stillHas(String host, InetAddress address) {
        if (isAddress(host)) {
            return true;
        }
        synchronized (names) {
            KnownName entry = entry(host);
            if (entry.latest == null || !isFresh(entry.latest)) {
                var unused = lookUp(host, entry);
            }
            return entry.lastGood == null || entry.lastGood.addresses().contains(address);
        }
    }

    private KnownName entry(String host) {
        return names.computeIfAbsent(host.toLowerCase(Locale.ROOT), name -> new KnownName());
    }

    private boolean isFresh(Answer answer) {
        Duration good = answer.failure() == null || keptFor.compareTo(UNKNOWN_KEPT) < 0 ? keptFor : UNKNOWN_KEPT;
        return clock.instant().isBefore(answer.at().plus(good));
    }

    /** The look-up under way, or a new one. Call with the lock of {@code names}. */
    private CompletableFuture<Answer> lookUp(String host, KnownName entry) {
        if (entry.underWay != null) {
            return entry.underWay;
        }
        var started = new CompletableFuture<Answer>();
        entry.underWay = started;
        entry.askedAt = clock.instant();
        try {
            threads.execute(() -> started.complete(ask(host, entry)));
        } catch (RejectedExecutionException e) {
            entry.underWay = null;
            started.completeExceptionally(e);
        }
        return started;
    }

    private Answer ask(String host, KnownName entry) {
        Answer answer;
        try {
            answer = new Answer(List.of(resolver.resolve(host)), null, clock.instant());
        } catch (UnknownHostException e) {
            answer = new Answer(List.of(), e, clock.instant());
        } catch (RuntimeException e) {
            var failure = new UnknownHostException("The name " + host + " could not be looked up: " + e);
            answer = new Answer(List.of(), failure, clock.instant());
        }
        synchronized (names) {
            entry.underWay = null;
            entry.latest = answer;
            if (answer.failure() == null) {
                entry.lastGood = answer;
            }
        }
        return answer;
    }

    private Found settled(String host, @Nullable Answer answer, @Nullable Throwable late, Duration deadline) {
        if (answer != null && (answer.failure() == null || !isServersFault(answer.failure()))) {
            return found(answer);
        }
        Answer lastGood;
        synchronized (names) {
            lastGood = entry(host).lastGood;
        }
        if (lastGood != null) {
            return new Found(lastGood.addresses(), lastGood.at());
        }
        if (answer != null) {
            return found(answer);
        }
        String why = late instanceof TimeoutException
                ? "The name server did not answer for %s within %d ms".formatted(host, deadline.toMillis())
                : "Too many names are being looked up at once to ask for " + host;
        throw new CompletionException(new UnknownHostException(why));
    }

    private static boolean isServersFault(UnknownHostException failure) {
        String text = failure.getMessage();
        return text == null || !NO_SUCH_NAME.matcher(text).find();
    }

    private static Found found(Answer answer) {
        if (answer.failure() != null) {
            throw new CompletionException(answer.failure());
        }
        return new Found(answer.addresses(), null);
    }
}
