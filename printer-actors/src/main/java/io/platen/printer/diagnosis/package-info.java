/**
 * The vocabulary of failures: what was seen on the line, who ended it, and how sure we are.
 *
 * <p>The names are the names in the events, the API and the documentation; they are stored, so
 * they are never renamed.
 */
@NullMarked
package io.platen.printer.diagnosis;

import org.jspecify.annotations.NullMarked;
