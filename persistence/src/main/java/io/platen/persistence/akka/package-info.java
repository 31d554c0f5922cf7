/** The journal and the snapshots as Akka Persistence knows them: its plugins, serialization and queries. */
@NullMarked
package io.platen.persistence.akka;

import org.jspecify.annotations.NullMarked;
