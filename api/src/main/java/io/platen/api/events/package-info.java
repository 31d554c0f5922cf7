/** What happens, told to those who watch. */
@NullMarked
package io.platen.api.events;

import org.jspecify.annotations.NullMarked;
