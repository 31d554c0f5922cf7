/** The machine that Platen runs on: its settings, and what Platen needs of them. */
@NullMarked
package io.platen.api.host;

import org.jspecify.annotations.NullMarked;
