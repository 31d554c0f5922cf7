/** The HTTP API: the routes in each phase of the server, and the gate that every request passes. */
@NullMarked
package io.platen.api.http;

import org.jspecify.annotations.NullMarked;
