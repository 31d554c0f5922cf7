/** What is done beside the queues: failure storage on disk, and the removal of what was kept long enough. */
@NullMarked
package io.platen.spooler.upkeep;

import org.jspecify.annotations.NullMarked;
