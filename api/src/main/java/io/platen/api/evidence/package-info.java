/** What is kept of a failure beside its events: its files, the log of that time, and the zip of all of it. */
@NullMarked
package io.platen.api.evidence;

import org.jspecify.annotations.NullMarked;
