/** Printers over HTTP: configuring, showing, pausing and removing them. */
@NullMarked
package io.platen.api.http.printers;

import org.jspecify.annotations.NullMarked;
