/** The systems that are measured, each in processes of its own. */
@NullMarked
package io.platen.bench.subject;

import org.jspecify.annotations.NullMarked;
