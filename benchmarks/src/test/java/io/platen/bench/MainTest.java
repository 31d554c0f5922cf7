package io.platen.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MainTest {

    @ParameterizedTest
    @CsvSource({
        "list, 0",
        "list --start warm, 0",
        "nothing-of-the-kind, 2",
        "end-to-end --rounds 0, 2",
        "end-to-end --printers 1001, 2",
        "end-to-end --start tepid, 2",
        "end-to-end --systems lpd, 2",
        "end-to-end --platen-home /nowhere, 2",
        "'', 2"
    })
    void exitCodeTellsAWrongCallFromADoneOne(String arguments, int code) {
        assertThat(Main.run(arguments.isEmpty() ? new String[0] : arguments.split(" ", -1)))
                .isEqualTo(code);
    }
}
