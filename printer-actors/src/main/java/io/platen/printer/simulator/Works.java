package io.platen.printer.simulator;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The parts of a simulated printer that outlive its connections.
 *
 * @param bytes how many bytes it has read
 */
record Works(SimulatorSettings settings, LabelMachine machine, Press press, SimulatorTimer timer, AtomicLong bytes) {}
