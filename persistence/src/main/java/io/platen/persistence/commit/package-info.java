/** Many writers, one sync: what the journal and the documents have in common. */
@NullMarked
package io.platen.persistence.commit;

import org.jspecify.annotations.NullMarked;
