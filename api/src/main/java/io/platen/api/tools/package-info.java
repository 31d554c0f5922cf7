/** Tools for a data directory: check, export, import, replay, back up and restore it. */
@NullMarked
package io.platen.api.tools;

import org.jspecify.annotations.NullMarked;
