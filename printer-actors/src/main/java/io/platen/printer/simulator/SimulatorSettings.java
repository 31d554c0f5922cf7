package io.platen.printer.simulator;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a simulated printer. The methods return changed copies.
 *
 * @param bind address to listen on
 * @param port 1 to 65535, or 0 for a free one
 * @param receiveBufferBytes SO_RCVBUF; 0 is the kernel's own choice. Label printers have small ones
 * @param random what it does at random before it behaves as its conduct says, or null
 * @param storeIn the directory for the received bytes of each connection, or null to discard them
 */
public record SimulatorSettings(
        String bind,
        int port,
        int receiveBufferBytes,
        Conduct conduct,
        @Nullable RandomConduct random,
        @Nullable Path storeIn) {

    /** A printer with a single fault; {@code bytesPerSecond} 0 is without limit. */
    public SimulatorSettings(
            String bind, int port, long bytesPerSecond, int receiveBufferBytes, Fault fault, @Nullable Path storeIn) {
        this(
                bind,
                port,
                receiveBufferBytes,
                fault.of(Conduct.HEALTHY.reading(PrinterInput.FAST.atBytesPerSecond(bytesPerSecond))),
                null,
                storeIn);
    }

    /** A fast, healthy printer on a free port of the loopback address. */
    public static SimulatorSettings healthy() {
        return new SimulatorSettings("127.0.0.1", 0, 0, Conduct.HEALTHY, null, null);
    }

    public SimulatorSettings onPort(int newPort) {
        return new SimulatorSettings(bind, newPort, receiveBufferBytes, conduct, random, storeIn);
    }

    public SimulatorSettings with(Fault fault) {
        return with(fault.of(conduct));
    }

    public SimulatorSettings with(Conduct newConduct) {
        return new SimulatorSettings(bind, port, receiveBufferBytes, newConduct, random, storeIn);
    }

    public SimulatorSettings with(RandomConduct newRandom) {
        return new SimulatorSettings(bind, port, receiveBufferBytes, conduct, newRandom, storeIn);
    }

    public SimulatorSettings atBytesPerSecond(long bytesPerSecond) {
        return with(conduct.reading(conduct.reading().atBytesPerSecond(bytesPerSecond)));
    }

    public SimulatorSettings withReceiveBuffer(int bytes) {
        return new SimulatorSettings(bind, port, bytes, conduct, random, storeIn);
    }

    Optional<Path> store() {
        return Optional.ofNullable(storeIn);
    }
}
