/** Routes for watching the server: events, callbacks, the audit log, and the documentation of the API. */
@NullMarked
package io.platen.api.http.watch;

import org.jspecify.annotations.NullMarked;
