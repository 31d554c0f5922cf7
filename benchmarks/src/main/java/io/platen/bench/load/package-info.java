/** Submits jobs over HTTP, as fast as answers come or at a fixed rate. */
@NullMarked
package io.platen.bench.load;

import org.jspecify.annotations.NullMarked;
