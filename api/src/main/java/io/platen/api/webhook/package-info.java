/** Callbacks: events sent to other servers. */
@NullMarked
package io.platen.api.webhook;

import org.jspecify.annotations.NullMarked;
