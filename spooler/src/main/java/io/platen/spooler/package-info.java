/** Placeholder. */
@NullMarked
package io.platen.spooler;

import org.jspecify.annotations.NullMarked;
