package io.platen.api.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.platen.printer.simulator.PrinterAnswers.Answering;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

/** Constants as arguments, in lower case with dashes. */
final class DashedEnumTest {
    private final DashedEnum<Answering> answering = new DashedEnum.OfAnswering();

    @ParameterizedTest
    @CsvSource({"never, NEVER", "not-while-out, NOT_WHILE_OUT", "Not-While-Out, NOT_WHILE_OUT"})
    void constantIsFound(String argument, Answering constant) {
        assertThat(answering.convert(argument)).isEqualTo(constant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not_while_out", "nothing", "never "})
    void anythingElseIsRefusedWithWhatThereIs(String argument) {
        assertThatThrownBy(() -> answering.convert(argument))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("normal, never, not-while-out, when-well-again, endless");
    }
}
