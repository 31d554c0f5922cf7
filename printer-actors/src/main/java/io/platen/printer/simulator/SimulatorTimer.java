package io.platen.printer.simulator;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs tasks later, on one thread of a printer. After the close it runs none. */
final class SimulatorTimer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SimulatorTimer.class);

    private final ScheduledThreadPoolExecutor executor;

    /** A task that will run later. */
    interface Planned {

        /** Cancels the task, unless it is running already. */
        void cancel();
    }

    SimulatorTimer(String threadName) {
        executor = new ScheduledThreadPoolExecutor(1, task -> {
            var thread = new Thread(task, threadName);
            thread.setDaemon(true);
            return thread;
        });
        executor.setRemoveOnCancelPolicy(true);
        executor.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    }

    Planned after(Duration delay, Runnable what) {
        return planned(executor.schedule(() -> run(what), delay.toMillis(), TimeUnit.MILLISECONDS));
    }

    Planned every(Duration period, Runnable what) {
        long millis = Math.max(1, period.toMillis());
        return planned(executor.scheduleAtFixedRate(() -> run(what), millis, millis, TimeUnit.MILLISECONDS));
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    private static Planned planned(Future<?> future) {
        return () -> future.cancel(false);
    }

    private static void run(Runnable what) {
        try {
            what.run();
        } catch (RuntimeException e) {
            log.warn("A planned task of a simulated printer failed", e);
        }
    }
}
