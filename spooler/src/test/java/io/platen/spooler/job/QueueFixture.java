package io.platen.spooler.job;

/** A printer for tests outside this package, at which nothing listens. */
public final class QueueFixture {
    private QueueFixture() {}

    public static PrinterProfile profile() {
        return WithQueue.profile(DeliveryPromise.AT_LEAST_ONCE, 3).at("socket://127.0.0.1:1");
    }
}
