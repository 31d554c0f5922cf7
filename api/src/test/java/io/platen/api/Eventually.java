package io.platen.api;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** Waits for what another thread or process does. A test waits for a condition, never for a time. */
public final class Eventually {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration ASK_EVERY = Duration.ofMillis(5);

    private Eventually() {}

    /** Waits until this is so, for a minute at most. */
    public static void isTrue(Callable<Boolean> condition) {
        var unused = is(condition, holds -> holds);
    }

    /** Asks until the answer is as wanted, for a minute at most, and gives it. */
    public static <T> T is(Callable<T> question, Predicate<T> wanted) {
        return is(PATIENCE, question, wanted);
    }

    /** Asks until the answer is as wanted, and gives it. */
    public static <T> T is(Duration patience, Callable<T> question, Predicate<T> wanted) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            T answer = ask(question);
            if (wanted.test(answer)) {
                return answer;
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("After %d s still: %s".formatted(patience.toSeconds(), answer));
            }
            LockSupport.parkNanos(ASK_EVERY.toNanos());
        }
    }

    private static <T> T ask(Callable<T> question) {
        try {
            return question.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
