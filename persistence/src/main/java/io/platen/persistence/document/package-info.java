/** The document store: print data on disk, streamed in and out, checked on the way. */
@NullMarked
package io.platen.persistence.document;

import org.jspecify.annotations.NullMarked;
