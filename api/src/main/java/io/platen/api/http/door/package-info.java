/** The port: which connections are let in, and what is refused before there is a request. */
@NullMarked
package io.platen.api.http.door;

import org.jspecify.annotations.NullMarked;
