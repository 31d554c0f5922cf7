/** What all routes read from a request: its caller, query, body, and the printers and jobs that it names. */
@NullMarked
package io.platen.api.http.request;

import org.jspecify.annotations.NullMarked;
