/** A queue's state as a snapshot stores it: a file format, kept apart from the state itself. */
@NullMarked
package io.platen.spooler.snapshot;

import org.jspecify.annotations.NullMarked;
