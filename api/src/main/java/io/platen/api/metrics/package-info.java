/** What a server counts and measures, for Prometheus. */
@NullMarked
package io.platen.api.metrics;

import org.jspecify.annotations.NullMarked;
