/** What can be done with a journal while no server uses it: check, export, import, replay, back up. */
@NullMarked
package io.platen.api.tools;

import org.jspecify.annotations.NullMarked;
