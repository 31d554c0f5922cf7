/** One server: its settings, its start and its orderly end. */
@NullMarked
package io.platen.api.server;

import org.jspecify.annotations.NullMarked;
