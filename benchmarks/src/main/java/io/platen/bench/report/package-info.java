/** Measured values as tables, CSV and plots. */
@NullMarked
package io.platen.bench.report;

import org.jspecify.annotations.NullMarked;
