package io.platen.printer.simulator;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a simulated printer is like.
 *
 * @param bind address to listen on
 * @param port 1 to 65535, or 0 for a free one
 * @param bytesPerSecond how fast it reads; 0 is as fast as it can
 * @param receiveBufferBytes SO_RCVBUF; 0 is the kernel's own choice. Label printers have small ones
 * @param storeIn where to store what each connection brought, or null to discard it
 */
public record SimulatorSettings(
        String bind,
        int port,
        long bytesPerSecond,
        int receiveBufferBytes,
        Fault fault,
        @Nullable Path storeIn) {

    /** Healthy, fast, on a free port of the loopback address. */
    public static SimulatorSettings healthy() {
        return new SimulatorSettings("127.0.0.1", 0, 0, 0, Fault.none(), null);
    }

    /** The same, on this port. */
    public SimulatorSettings onPort(int newPort) {
        return new SimulatorSettings(bind, newPort, bytesPerSecond, receiveBufferBytes, fault, storeIn);
    }

    /** The same, misbehaving. */
    public SimulatorSettings with(Fault newFault) {
        return new SimulatorSettings(bind, port, bytesPerSecond, receiveBufferBytes, newFault, storeIn);
    }

    /** The same, at this speed. */
    public SimulatorSettings atBytesPerSecond(long newBytesPerSecond) {
        return new SimulatorSettings(bind, port, newBytesPerSecond, receiveBufferBytes, fault, storeIn);
    }

    /** The same, with a small receive buffer. */
    public SimulatorSettings withReceiveBuffer(int bytes) {
        return new SimulatorSettings(bind, port, bytesPerSecond, bytes, fault, storeIn);
    }

    /** The same, storing what it gets. */
    public SimulatorSettings storingIn(Path directory) {
        return new SimulatorSettings(bind, port, bytesPerSecond, receiveBufferBytes, fault, directory);
    }

    Optional<Path> store() {
        return Optional.ofNullable(storeIn);
    }
}
