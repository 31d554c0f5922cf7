/** The command line. The client commands speak HTTP, as any other client does. */
@NullMarked
package io.platen.api.cli;

import org.jspecify.annotations.NullMarked;
