package io.platen.printer.simulator;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What is inside one simulated printer and outlives its connections.
 *
 * @param bytes read so far
 */
record Works(SimulatorSettings settings, LabelMachine machine, Press press, Timer timer, AtomicLong bytes) {}
