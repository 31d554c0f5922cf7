/** Failure storage: one folder for each job that was set aside, readable without Platen. */
@NullMarked
package io.platen.persistence.failure;

import org.jspecify.annotations.NullMarked;
