/** What {@code ./platen bench} takes: its options, and which systems and cases they choose. */
@NullMarked
package io.platen.bench;

import org.jspecify.annotations.NullMarked;
