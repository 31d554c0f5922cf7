/** Snapshots of states: a file each, with a checksum. */
@NullMarked
package io.platen.persistence.snapshot;

import org.jspecify.annotations.NullMarked;
