/** Placeholder. */
@NullMarked
package io.platen.persistence;

import org.jspecify.annotations.NullMarked;
