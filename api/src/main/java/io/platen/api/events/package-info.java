/** The feed of events for watching clients (Server-Sent Events). */
@NullMarked
package io.platen.api.events;

import org.jspecify.annotations.NullMarked;
