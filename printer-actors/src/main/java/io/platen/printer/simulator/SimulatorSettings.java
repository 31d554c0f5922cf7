package io.platen.printer.simulator;

import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a simulated printer is like.
 *
 * @param bind address to listen on
 * @param port 1 to 65535, or 0 for a free one
 * @param receiveBufferBytes SO_RCVBUF; 0 is the kernel's own choice. Label printers have small ones
 * @param random what it does at random before it behaves as its conduct says, or null
 * @param storeIn where to store what each connection brought, or null to discard it
 */
public record SimulatorSettings(
        String bind,
        int port,
        int receiveBufferBytes,
        Conduct conduct,
        @Nullable RandomConduct random,
        @Nullable Path storeIn) {

    /** One with a single fault, at this speed; 0 is as fast as it can. */
    public SimulatorSettings(
            String bind, int port, long bytesPerSecond, int receiveBufferBytes, Fault fault, @Nullable Path storeIn) {
        this(
                bind,
                port,
                receiveBufferBytes,
                fault.of(Conduct.HEALTHY.reading(Reading.FAST.atBytesPerSecond(bytesPerSecond))),
                null,
                storeIn);
    }

    /** Healthy, fast, on a free port of the loopback address. */
    public static SimulatorSettings healthy() {
        return new SimulatorSettings("127.0.0.1", 0, 0, Conduct.HEALTHY, null, null);
    }

    /** The same, on this address. */
    public SimulatorSettings onAddress(String newBind) {
        return new SimulatorSettings(newBind, port, receiveBufferBytes, conduct, random, storeIn);
    }

    /** The same, on this port. */
    public SimulatorSettings onPort(int newPort) {
        return new SimulatorSettings(bind, newPort, receiveBufferBytes, conduct, random, storeIn);
    }

    /** The same, ending its connections as this fault does. */
    public SimulatorSettings with(Fault fault) {
        return with(fault.of(conduct));
    }

    /** The same, behaving so. */
    public SimulatorSettings with(Conduct newConduct) {
        return new SimulatorSettings(bind, port, receiveBufferBytes, newConduct, random, storeIn);
    }

    /** The same, doing this at random first. */
    public SimulatorSettings with(RandomConduct newRandom) {
        return new SimulatorSettings(bind, port, receiveBufferBytes, conduct, newRandom, storeIn);
    }

    /** The same, at this speed. */
    public SimulatorSettings atBytesPerSecond(long bytesPerSecond) {
        return with(conduct.reading(conduct.reading().atBytesPerSecond(bytesPerSecond)));
    }

    /** The same, with a small receive buffer. */
    public SimulatorSettings withReceiveBuffer(int bytes) {
        return new SimulatorSettings(bind, port, bytes, conduct, random, storeIn);
    }

    /** What it chooses at random. */
    Stream<Choice> choices() {
        return random == null ? Stream.of() : random.choices();
    }

    Optional<Path> store() {
        return Optional.ofNullable(storeIn);
    }
}
