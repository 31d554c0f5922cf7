/** Placeholder. */
@NullMarked
package io.platen.api;

import org.jspecify.annotations.NullMarked;
