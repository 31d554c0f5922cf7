/** Label printers that misbehave on request, on real sockets: for tests, trials and the demo. */
@NullMarked
package io.platen.printer.simulator;

import org.jspecify.annotations.NullMarked;
