package io.platen.printer.transport;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.platen.printer.transport.TcpInfo.Timer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Linux {@code getsockopt(TCP_INFO)} (tcp(7), {@code struct tcp_info} of {@code linux/tcp.h}) on an open
 * descriptor. It costs 2 µs, and still answers after an RST, but not after close.
 */
final class TcpInfoSocket {
    private static final Logger log = LoggerFactory.getLogger(TcpInfoSocket.class);
    private static final int IPPROTO_TCP = 6;
    private static final int TCP_INFO = 11;
    private static final int SOL_SOCKET = 1;
    private static final int SO_ERROR = 4;
    /** As of Linux 5.4, which added the peer's window at the end. */
    private static final int SIZE = 232;
    /** {@code tcpi_bytes_acked} came with Linux 4.1; a shorter answer is an older kernel's. */
    private static final int NEEDED = 128;
    /** {@code tcpi_notsent_bytes} came with Linux 4.6. */
    private static final int WITH_UNSENT = 148;

    private static final List<String> STATES = List.of(
            "UNKNOWN",
            "ESTABLISHED",
            "SYN_SENT",
            "SYN_RECV",
            "FIN_WAIT_1",
            "FIN_WAIT_2",
            "TIME_WAIT",
            "CLOSE",
            "CLOSE_WAIT",
            "LAST_ACK",
            "LISTEN",
            "CLOSING");

    private TcpInfoSocket() {}

    /** Whether this system has {@code TCP_INFO}. */
    static boolean isAvailable() {
        return LibC.AVAILABLE;
    }

    /** The name of a state by the kernel's number, which {@code /proc/net/tcp} uses, too. */
    static String state(int number) {
        return number < STATES.size() ? STATES.get(number) : "UNKNOWN";
    }

    /** Whether the kernel can be asked about this channel as long as it is open. */
    static boolean knows(Channel channel) {
        return channel instanceof EpollSocketChannel && isAvailable();
    }

    /**
     * What the kernel says of an open channel, with the pending error, which no read or write will return any more. Empty when
     * the kernel cannot be asked. Call on the event loop.
     */
    static Optional<TcpInfo> ask(Channel channel) {
        return ask(channel, true);
    }

    /**
     * Like {@link #ask(Channel)}, but leaves a pending error to the next read or write: it is not lost when nobody looks at
     * the answer.
     */
    static Optional<TcpInfo> look(Channel channel) {
        return ask(channel, false);
    }

    private static Optional<TcpInfo> ask(Channel channel, boolean takesError) {
        if (!knows(channel) || !channel.isOpen()) {
            return Optional.empty();
        }
        try {
            return Optional.of(read(((EpollSocketChannel) channel).fd().intValue(), takesError));
        } catch (LastErrorException | IllegalStateException e) {
            return Optional.empty();
        }
    }

    private static TcpInfo read(int descriptor, boolean takesError) {
        byte[] info = new byte[SIZE];
        int[] length = {SIZE};
        LibC.getsockopt(descriptor, IPPROTO_TCP, TCP_INFO, info, length);
        int told = length[0];
        if (told < NEEDED) {
            throw new IllegalStateException("This kernel's TCP_INFO has no byte counts");
        }
        var in = ByteBuffer.wrap(info).order(ByteOrder.nativeOrder());
        String state = state(Byte.toUnsignedInt(in.get(0)));
        int retransmits = Byte.toUnsignedInt(in.get(2));
        int probes = Byte.toUnsignedInt(in.get(3));
        int segmentsUnacknowledged = in.getInt(24);
        long unsent = told < WITH_UNSENT ? 0 : Integer.toUnsignedLong(in.getInt(144));
        return new TcpInfo(
                state,
                timer(segmentsUnacknowledged, unsent, probes),
                retransmits,
                probes,
                OptionalLong.of(Integer.toUnsignedLong(in.getInt(56))),
                OptionalLong.of(Integer.toUnsignedLong(in.getInt(100))),
                in.getLong(120),
                told < WITH_UNSENT ? OptionalLong.empty() : OptionalLong.of(unsent),
                told < SIZE ? OptionalLong.empty() : OptionalLong.of(Integer.toUnsignedLong(in.getInt(228))),
                takesError ? pendingError(descriptor) : 0);
    }

    /** TCP_INFO does not name the running timer, but these values decide which one the kernel runs. */
    private static Timer timer(int segmentsUnacknowledged, long unsent, int probes) {
        if (segmentsUnacknowledged > 0) {
            return Timer.RETRANSMISSION;
        }
        if (unsent > 0) {
            return Timer.PERSIST;
        }
        return probes > 0 ? Timer.KEEPALIVE : Timer.NONE;
    }

    private static int pendingError(int descriptor) {
        byte[] error = new byte[Integer.BYTES];
        LibC.getsockopt(descriptor, SOL_SOCKET, SO_ERROR, error, new int[] {error.length});
        return ByteBuffer.wrap(error).order(ByteOrder.nativeOrder()).getInt();
    }

    /** The only C library function that is needed. */
    private static final class LibC {
        static final boolean AVAILABLE = register();

        private static boolean register() {
            if (!Platform.isLinux()) {
                return false;
            }
            try {
                Native.register(LibC.class, "c");
                return true;
            } catch (UnsatisfiedLinkError e) {
                log.warn("TCP_INFO cannot be read here", e);
                return false;
            }
        }

        static native int getsockopt(int descriptor, int level, int name, byte[] value, int[] length)
                throws LastErrorException;
    }
}
