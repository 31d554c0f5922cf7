package io.platen.api.http.door;

import akka.http.javadsl.model.AttributeKey;
import java.net.InetAddress;

/** One connection of a client, as the door sees it. */
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

    /** Whether it has one of the last places, which are kept for health and administrators. */
    public boolean isInReserve() {
        return inReserve;
    }

    /** Remembers that it has made a request that was let in: from now on it does not give way to newer connections. */
    public void welcome() {
        all.known(this);
    }

    void close() {
        close.run();
    }
}
