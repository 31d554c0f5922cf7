/** Who may do what, and what was done. */
@NullMarked
package io.platen.api.security;

import org.jspecify.annotations.NullMarked;
