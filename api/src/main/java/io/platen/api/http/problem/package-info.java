/** What a client is told when a request fails (RFC 9457), and how answers are built. */
@NullMarked
package io.platen.api.http.problem;

import org.jspecify.annotations.NullMarked;
