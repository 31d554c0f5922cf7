package io.platen.api.http.door;

import akka.http.javadsl.model.AttributeKey;
import java.net.InetAddress;

/** A client's connection, which takes a place in {@link Visitors}. */
public final class Visitor {
    public static final AttributeKey<Visitor> KEY = AttributeKey.create("visitor", Visitor.class);

    private final Visitors all;
    private final InetAddress address;
    private final Runnable close;
    private final boolean inReserve;

    Visitor(Visitors all, InetAddress address, Runnable close, boolean inReserve) {
        this.all = all;
        this.address = address;
        this.close = close;
        this.inReserve = inReserve;
    }

    InetAddress address() {
        return address;
    }

    /** Whether the connection has a place that is reserved for health checks and administrators. */
    public boolean isInReserve() {
        return inReserve;
    }

    /** Records that the gate has admitted a request. From now on the connection does not give way to newer ones. */
    public void welcome() {
        all.known(this);
    }

    void close() {
        close.run();
    }
}
