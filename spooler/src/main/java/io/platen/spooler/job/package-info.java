/**
 * The pure core: what a queue and its jobs are, which requests are legal, what each event means, and
 * what follows a failure. No clock, no I/O, no Akka. State names follow IPP (RFC 8011, section 5.3.7).
 */
@NullMarked
package io.platen.spooler.job;

import org.jspecify.annotations.NullMarked;
