/** Bytes that must survive: the journal, the documents, and the room on the disk that they need. */
@NullMarked
package io.platen.persistence;

import org.jspecify.annotations.NullMarked;
