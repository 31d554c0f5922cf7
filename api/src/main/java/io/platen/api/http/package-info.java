/** The HTTP API: one class of routes per resource, and the problems they answer with. */
@NullMarked
package io.platen.api.http;

import org.jspecify.annotations.NullMarked;
