/** Work on a whole journal: copying it, and forgetting what is not kept. */
@NullMarked
package io.platen.persistence.journal.tools;

import org.jspecify.annotations.NullMarked;
