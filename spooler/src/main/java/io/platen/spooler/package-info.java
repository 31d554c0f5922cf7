/**
 * A job's life: which job, when, how often, and what follows a failure.
 *
 * <p>{@link io.platen.spooler.Spooler} is the way in. Each printer is an entity of its own; reads are
 * served from the published {@link io.platen.spooler.StatusBoard} and never touch it.
 */
@NullMarked
package io.platen.spooler;

import org.jspecify.annotations.NullMarked;
