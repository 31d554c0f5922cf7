package io.platen.printer.language;

/** No language, or one that nobody told: text is lines, and bytes are bytes. */
final class PlainDialect implements Dialect {}
