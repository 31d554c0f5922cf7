/** Reading of requests, for all routes: the caller, the query, the body, and the printers and jobs that a request names. */
@NullMarked
package io.platen.api.http.request;

import org.jspecify.annotations.NullMarked;
