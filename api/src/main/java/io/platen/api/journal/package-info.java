/** Tools for operators: what a journal holds, whether it is sound, and what it would do again. */
@NullMarked
package io.platen.api.journal;

import org.jspecify.annotations.NullMarked;
