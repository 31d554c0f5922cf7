/** The JSON forms of the HTTP API. Field names are a contract: they may be added to, never renamed. */
@NullMarked
package io.platen.api.wire;

import org.jspecify.annotations.NullMarked;
