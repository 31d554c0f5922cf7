/** Problems that explain failed requests to clients (RFC 9457), and the building of responses. */
@NullMarked
package io.platen.api.http.problem;

import org.jspecify.annotations.NullMarked;
