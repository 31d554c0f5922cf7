/** What Platen knows of the languages that label printers speak. */
@NullMarked
package io.platen.printer.language;

import org.jspecify.annotations.NullMarked;
