/** The printers' ends, which count what arrives. */
@NullMarked
package io.platen.bench.sink;

import org.jspecify.annotations.NullMarked;
