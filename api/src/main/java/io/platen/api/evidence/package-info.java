/** The evidence of failures: files, log lines, and the zip of both. */
@NullMarked
package io.platen.api.evidence;

import org.jspecify.annotations.NullMarked;
