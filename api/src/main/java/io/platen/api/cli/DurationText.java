package io.platen.api.cli;

import io.platen.api.wire.Durations;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Durations as arguments: {@code 250ms}, {@code 5s}, {@code 2m}. */
final class DurationText implements ITypeConverter<Duration> {

    @Override
    public Duration convert(String argument) {
        try {
            return Durations.parse(argument);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
