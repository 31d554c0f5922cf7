package io.platen.api.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.platen.printer.diagnosis.Rung;
import io.platen.spooler.job.PrinterProfile;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ProfileReaderTest {
    private static final String WHOLE = """
            {"uri":"socket://10.0.0.5:9100","language":"zpl","displayName":"Dock 4","location":"Hall 2","tags":["a","b"],
             "delivery":"at-most-once","confirm":"closed","connection":"per-job","attempts":7,
             "backoff":{"min":"250ms","max":"90s"},
             "timeouts":{"connect":"4s","stall":"31s","close":"9s","patience":"2h","confirm":"61s","pause":"5s"},
             "rejectPattern":"NO","ignorePattern":"YES","keepDocuments":"3d","callback":"https://example.org/hook",
             "socket":{"sendBuffer":8192,"userTimeout":"90s","keepAlive":{"idle":"7s","interval":"3s","count":4}}}
            """;

    /** Each setting is written as it is read: what is put over a profile is checked with all the rest of it. */
    @Test
    void nothingPutOverAProfileChangesNothing() throws Exception {
        var whole = read(WHOLE);

        assertThat(over(whole, "{}")).isEqualTo(whole);
        var small = read("{\"uri\":\"socket://10.0.0.5\"}");
        assertThat(over(small, "{}")).isEqualTo(small);
    }

    @Test
    void onlyWhatIsGivenChanges() throws Exception {
        var changed = over(read(WHOLE), "{\"timeouts\":{\"stall\":\"5s\"},\"confirm\":\"printed\"}");

        assertThat(changed.timeouts().stall()).isEqualTo(Duration.ofSeconds(5));
        assertThat(changed.timeouts().pause()).isEqualTo(Duration.ofSeconds(5));
        assertThat(changed.timeouts().patience()).isEqualTo(Duration.ofHours(2));
        assertThat(changed.confirm()).isEqualTo(Rung.PRINTED);
        assertThat(changed.attempts()).isEqualTo(7);
        assertThat(over(read(WHOLE), "{\"callback\":null}").callback()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"connection\":\"keep-open\"}|confirm",
                "{\"language\":\"raw\",\"confirm\":\"printed\"}|confirm",
                "{\"backoff\":{\"min\":\"2m\"}}|backoff.max",
                "{\"timeout\":{}}|timeout",
                "{\"ignorePattern\":\"(\"}|ignorePattern",
                "{\"timeouts\":{\"pause\":\"2d\"}}|timeouts.pause",
            })
    void whatDoesNotFitTheRestIsRefused(String given, String field) throws Exception {
        var whole = read(WHOLE);

        assertThatExceptionOfType(InvalidFieldException.class)
                .isThrownBy(() -> over(whole, given))
                .satisfies(refused -> assertThat(refused.field()).isEqualTo(field));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "socket://[fe80::1]:9100",
                "socket://[fe80::1%25no-such-zone]:9100",
                "socket://010.0.0.1:9100",
                "socket://127.1:9100"
            })
    void addressThatCannotBeReachedFromHereIsRefused(String uri) {
        assertThatExceptionOfType(InvalidFieldException.class)
                .isThrownBy(() -> read("{\"uri\":\"" + uri + "\"}"))
                .satisfies(refused -> assertThat(refused.field()).isEqualTo("uri"));
    }

    private static PrinterProfile read(String json) throws IOException, InvalidFieldException {
        return ProfileReader.read(null, Json.parse(json));
    }

    private static PrinterProfile over(PrinterProfile profile, String json) throws IOException, InvalidFieldException {
        return ProfileReader.over(profile, Json.parse(json));
    }
}
