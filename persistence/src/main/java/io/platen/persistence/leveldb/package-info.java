/** LevelDB through its native library, and its files as they are on the disk, for what the library cannot check. */
@NullMarked
package io.platen.persistence.leveldb;

import org.jspecify.annotations.NullMarked;
