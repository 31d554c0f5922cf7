package io.platen.printer.transport;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import com.sun.jna.ptr.IntByReference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The kernel's own account of a connection: Linux {@code getsockopt(TCP_INFO)} (tcp(7), {@code
 * struct tcp_info} of {@code linux/tcp.h}). It still answers after an RST, but not after close.
 *
 * @param state TCP state name
 * @param retransmitsPending retransmissions of the oldest segment that are still unanswered
 * @param probesPending zero-window or keepalive probes that are still unanswered
 * @param sinceLastAckMillis milliseconds since the peer's last ACK
 * @param retransmitsTotal segments sent again over the connection's life
 * @param bytesAcknowledged bytes the peer has acknowledged; SYN and FIN count one each
 * @param error the socket's pending error (SO_ERROR), 0 for none. After a half-close Linux may answer a
 *     read with end of stream although an RST has come; then only this tells. Asking clears it.
 */
public record TcpInfo(
        String state,
        int retransmitsPending,
        int probesPending,
        long sinceLastAckMillis,
        int retransmitsTotal,
        long bytesAcknowledged,
        int error) {

    private static final Logger log = LoggerFactory.getLogger(TcpInfo.class);
    private static final int IPPROTO_TCP = 6;
    private static final int TCP_INFO = 11;
    private static final int SOL_SOCKET = 1;
    private static final int SO_ERROR = 4;
    private static final int SIZE = 232;
    /** {@code tcpi_bytes_acked} came with Linux 4.1; a shorter answer is an older kernel's. */
    private static final int NEEDED = 128;

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

    /** Whether this machine can be asked at all. */
    static boolean isAvailable() {
        return LibC.AVAILABLE;
    }

    /**
     * Asks about an open descriptor.
     *
     * @throws LastErrorException when the descriptor is closed or no TCP socket
     */
    static TcpInfo of(int descriptor) {
        byte[] info = new byte[SIZE];
        var length = new IntByReference(SIZE);
        LibC.getsockopt(descriptor, IPPROTO_TCP, TCP_INFO, info, length);
        if (length.getValue() < NEEDED) {
            throw new IllegalStateException("This kernel's TCP_INFO has no byte counts");
        }
        var in = ByteBuffer.wrap(info).order(ByteOrder.nativeOrder());
        int state = Byte.toUnsignedInt(in.get(0));
        return new TcpInfo(
                state < STATES.size() ? STATES.get(state) : "UNKNOWN",
                Byte.toUnsignedInt(in.get(2)),
                Byte.toUnsignedInt(in.get(3)),
                Integer.toUnsignedLong(in.getInt(56)),
                in.getInt(100),
                in.getLong(120),
                pendingError(descriptor));
    }

    private static int pendingError(int descriptor) {
        byte[] error = new byte[Integer.BYTES];
        LibC.getsockopt(descriptor, SOL_SOCKET, SO_ERROR, error, new IntByReference(error.length));
        return ByteBuffer.wrap(error).order(ByteOrder.nativeOrder()).getInt();
    }

    /** The connection is over, in whichever way. */
    public boolean isClosed() {
        return state.equals("CLOSE");
    }

    /** The one function of the C library that is needed. */
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
                log.warn("TCP_INFO cannot be read here; what a printer acknowledged stays unknown", e);
                return false;
            }
        }

        static native int getsockopt(int descriptor, int level, int name, byte[] value, IntByReference length)
                throws LastErrorException;
    }
}
