/** Jobs over HTTP: submitting one or many at once, showing and changing them. */
@NullMarked
package io.platen.api.http.jobs;

import org.jspecify.annotations.NullMarked;
