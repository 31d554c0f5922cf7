/** The languages that label printers speak, as far as Platen knows them. */
@NullMarked
package io.platen.printer.language;

import org.jspecify.annotations.NullMarked;
