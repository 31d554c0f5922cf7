/** The journal: LevelDB JNI under Akka Persistence, and the way to read it. */
@NullMarked
package io.platen.persistence.journal;

import org.jspecify.annotations.NullMarked;
