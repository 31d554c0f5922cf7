/** Everything that people and programs touch: the server, the HTTP API and the command line. */
@NullMarked
package io.platen.api;

import org.jspecify.annotations.NullMarked;
