package io.platen.api.webhook;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line a minute for each host: thousands of callbacks of one that is down say no more than one of them. */
final class PacedLog {
    private static final Logger log = LoggerFactory.getLogger(PacedLog.class);
    private static final long PERIOD_NANOS = 60_000_000_000L;
    private static final int HOSTS_KEPT = 1_000;

    private final LongSupplier nanoTime;
    private final Map<String, Host> hosts = new LinkedHashMap<>();

    private static final class Host {
        private long next;
        private int left;
    }

    PacedLog(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Logs it, or counts it for the next line of this host; whether it was logged. */
    boolean warn(String host, String message, Object... arguments) {
        int left;
        synchronized (this) {
            long now = nanoTime.getAsLong();
            Host known = hosts.get(host);
            if (known != null && now - known.next < 0) {
                known.left++;
                return false;
            }
            left = known == null ? 0 : known.left;
            hosts.remove(host);
            var next = new Host();
            next.next = now + PERIOD_NANOS;
            hosts.put(host, next);
            if (hosts.size() > HOSTS_KEPT) {
                hosts.remove(hosts.keySet().iterator().next());
            }
        }
        log.warn(message, arguments);
        if (left > 0) {
            log.warn("{} more lines about callbacks of {} were left out in the minutes before", left, host);
        }
        return true;
    }
}
