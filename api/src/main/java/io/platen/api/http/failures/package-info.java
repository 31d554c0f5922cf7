/** Failure storage over HTTP: showing failed jobs, printing them again, discarding them. */
@NullMarked
package io.platen.api.http.failures;

import org.jspecify.annotations.NullMarked;
