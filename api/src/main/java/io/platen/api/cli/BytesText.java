package io.platen.api.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads bytes from an argument with the escapes {@code \r}, {@code \n}, {@code \0}, {@code \e} and {@code \x1B}. */
final class BytesText implements ITypeConverter<String> {
    private static final Pattern ESCAPE = Pattern.compile("\\\\(x\\p{XDigit}{2}|.|$)", Pattern.DOTALL);
    private static final int MOST = 0xFF;

    @Override
    public String convert(String argument) {
        var bytes = new StringBuilder();
        Matcher escape = ESCAPE.matcher(argument);
        while (escape.find()) {
            escape.appendReplacement(bytes, Matcher.quoteReplacement(meaning(escape.group(1))));
        }
        escape.appendTail(bytes);
        if (bytes.chars().anyMatch(one -> one > MOST)) {
            throw new TypeConversionException(
                    "'" + argument + "' has characters of more than one byte; write bytes as \\xHH");
        }
        return bytes.toString();
    }

    private static String meaning(String escape) {
        if (escape.length() == "xHH".length()) {
            return String.valueOf((char) Integer.parseInt(escape.substring(1), 16));
        }
        return switch (escape) {
            case "r" -> "\r";
            case "n" -> "\n";
            case "0" -> "\0";
            case "e" -> "\u001b";
            case "\\" -> "\\";
            default ->
                throw new TypeConversionException(
                        "'\\" + escape + "' is not an escape; write \\r \\n \\0 \\e \\\\ \\xHH");
        };
    }
}
