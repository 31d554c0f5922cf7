/** What is measured, a class for each case. */
@NullMarked
package io.platen.bench.cases;

import org.jspecify.annotations.NullMarked;
