package io.platen.printer.language;

/** No language, or an unknown one: knows no frames, only lines of text. */
final class PlainDialect implements Dialect {}
