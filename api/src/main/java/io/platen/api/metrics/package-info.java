/** A server's metrics, for Prometheus. */
@NullMarked
package io.platen.api.metrics;

import org.jspecify.annotations.NullMarked;
