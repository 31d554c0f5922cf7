/** Failure storage over HTTP: looking at failed jobs, printing them again, discarding them. */
@NullMarked
package io.platen.api.http.failures;

import org.jspecify.annotations.NullMarked;
