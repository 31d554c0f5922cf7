/** The benchmarks' command line. */
@NullMarked
package io.platen.bench;

import org.jspecify.annotations.NullMarked;
