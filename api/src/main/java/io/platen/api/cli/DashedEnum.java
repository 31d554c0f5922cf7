package io.platen.api.cli;

import io.platen.printer.simulator.PrinterAnswers.Answering;
import io.platen.printer.simulator.Printing;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an enum's value from an argument in lower case with dashes. */
abstract class DashedEnum<E extends Enum<E>> implements ITypeConverter<E> {
    private final List<E> values;

    DashedEnum(E[] values) {
        this.values = List.of(values);
    }

    @Override
    public E convert(String argument) {
        return values.stream()
                .filter(value -> dashed(value).equalsIgnoreCase(argument))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("'" + argument + "' is not one of "
                        + values.stream().map(DashedEnum::dashed).collect(Collectors.joining(", "))));
    }

    private static String dashed(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static final class OfAnswering extends DashedEnum<Answering> {
        OfAnswering() {
            super(Answering.values());
        }
    }

    static final class OfWhen extends DashedEnum<Printing.When> {
        OfWhen() {
            super(Printing.When.values());
        }
    }
}
