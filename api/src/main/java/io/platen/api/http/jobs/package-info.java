/** Jobs over HTTP: submitting them, one or many at once, looking at them and steering them. */
@NullMarked
package io.platen.api.http.jobs;

import org.jspecify.annotations.NullMarked;
