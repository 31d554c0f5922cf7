package io.platen.api.http.door;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The open connections. A connection is unknown until the gate has admitted one of its requests, and the oldest unknown
 * connection gives way to a new one. So neither one address nor callers without credentials can take all places.
 */
final class Visitors {

    /**
     * How many connections may be open.
     *
     * @param most in total
     * @param reserve beyond that and beyond an address's share, for health checks and administrators
     * @param perAddress from one address
     * @param unknown how many of them may be unknown
     */
    record Limits(int most, int reserve, int perAddress, int unknown) {}

    private final Limits limits;
    private final Map<InetAddress, Integer> byAddress = new HashMap<>();
    private final Set<Visitor> unknown = new LinkedHashSet<>();
    private final Set<Visitor> known = new HashSet<>();
    private int all;
    private int inReserve;

    Visitors(Limits limits) {
        this.limits = limits;
    }

    /**
     * Gives a new connection a place, if one is free or can be made free.
     *
     * @param close ends the connection
     */
    Optional<Visitor> enter(InetAddress address, Runnable close) {
        Visitor givesWay = null;
        Visitor visitor;
        synchronized (this) {
            boolean isFull = !hasPlace(address) && inReserve >= limits.reserve();
            if (isFull || unknown.size() >= limits.unknown()) {
                givesWay = whoGivesWay(address, isFull);
            }
            if (givesWay != null) {
                leave(givesWay);
            }
            visitor = place(address, close);
        }
        if (givesWay != null) {
            givesWay.close();
        }
        return Optional.ofNullable(visitor);
    }

    /** The unknown connection to close: the oldest from the address that has most of them, so that a flood displaces itself. */
    private @Nullable Visitor whoGivesWay(InetAddress address, boolean isFull) {
        boolean isCrowded = isFull && countOf(address) >= limits.perAddress();
        var numbers = new HashMap<InetAddress, Integer>();
        unknown.forEach(one -> numbers.merge(one.address(), 1, Integer::sum));
        int most = numbers.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        Visitor oldest = null;
        for (Visitor one : unknown) {
            boolean makesRoom = !isCrowded || one.isInReserve() || one.address().equals(address);
            if (makesRoom && (isCrowded || Objects.equals(numbers.get(one.address()), most))) {
                oldest = one;
                break;
            }
        }
        return oldest;
    }

    private int countOf(InetAddress address) {
        return byAddress.getOrDefault(address, 0);
    }

    private boolean hasPlace(InetAddress address) {
        return all - inReserve < limits.most() && countOf(address) < limits.perAddress();
    }

    private @Nullable Visitor place(InetAddress address, Runnable close) {
        boolean isReserve = !hasPlace(address);
        if (isReserve && inReserve >= limits.reserve()) {
            return null;
        }
        var visitor = new Visitor(this, address, close, isReserve);
        all++;
        inReserve += isReserve ? 1 : 0;
        byAddress.merge(address, 1, Integer::sum);
        unknown.add(visitor);
        return visitor;
    }

    synchronized void known(Visitor visitor) {
        if (unknown.remove(visitor)) {
            known.add(visitor);
        }
    }

    /** Frees the place of a connection that has closed. Calling it again changes nothing. */
    synchronized void leave(Visitor visitor) {
        if (unknown.remove(visitor) || known.remove(visitor)) {
            all--;
            inReserve -= visitor.isInReserve() ? 1 : 0;
            byAddress.computeIfPresent(visitor.address(), (same, own) -> own == 1 ? null : (Integer) (own - 1));
        }
    }

    synchronized int count() {
        return all;
    }
}
