/** The server's port: which connections it accepts, and which bytes it refuses before they become a request. */
@NullMarked
package io.platen.api.http.door;

import org.jspecify.annotations.NullMarked;
