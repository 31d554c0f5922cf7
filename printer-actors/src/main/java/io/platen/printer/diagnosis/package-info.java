/**
 * The vocabulary of failures: what was seen on a connection, who ended it, and how sure Platen is of that.
 *
 * <p>The names are those of the events, the API and the documentation. They are stored, and so are never renamed.
 */
@NullMarked
package io.platen.printer.diagnosis;

import org.jspecify.annotations.NullMarked;
