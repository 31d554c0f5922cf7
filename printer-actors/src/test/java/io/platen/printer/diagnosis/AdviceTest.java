package io.platen.printer.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Advice points at what the evidence shows: the path, the printer or a firewall. */
final class AdviceTest {

    @ParameterizedTest
    @EnumSource
    void isAWholeSentenceForEachCause(Cause cause) {
        assertThat(Advice.of(FailureFixture.of(cause).build()))
                .matches("[A-Z].*[^ .]\\.")
                .doesNotContain("  ");
    }

    /** A packet of 576 bytes passes every path (RFC 791, section 3.1): only larger ones can be too large. */
    @ParameterizedTest
    @CsvSource({
        "577, 0, 1, true",
        "576, 0, 1, false",
        "1000, 1, 1, false",
        "1000, 0, 0, false",
        "1000, 0, , false",
        "1000, , 1, false"
    })
    void pathMtuIsSuspectedWhenLargePacketsWereLostAndNothingArrived(
            long written, @Nullable Long acknowledged, @Nullable Long retransmits, boolean isSuspected) {
        String advice = Advice.of(FailureFixture.of(Cause.CONNECTION_ABORTED)
                .bytes(written, acknowledged)
                .retransmits(retransmits)
                .build());

        assertThat(advice.contains("path MTU")).isEqualTo(isSuspected);
        assertThat(advice.contains("Check cable")).isEqualTo(!isSuspected);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "untold", textBlock = """
            0,      the printer's own
            1,      Packets were lost
            untold, a firewall between can reset
            """)
    void resetIsTheNetworksWherePacketsWereLostBeforeIt(@Nullable Long retransmits, String advice) {
        var reset = FailureFixture.of(Cause.CONNECTION_RESET).retransmits(retransmits);

        assertThat(Advice.of(reset.build())).contains(advice);
    }

    @Test
    void labelIsLookedForOnlyWhereEveryByteHadArrived() {
        assertThat(Advice.of(FailureFixture.of(Cause.RESET_AFTER_SEND).build()))
                .startsWith("Look whether the label came out.");
        assertThat(Advice.of(FailureFixture.of(Cause.CONNECTION_RESET).build())).doesNotContain("label");
    }

    @Test
    void missedCloseIsHarmlessUnlessTheNetworkIsGone() {
        var missed = FailureFixture.of(Cause.CLOSE_TIMEOUT);

        assertThat(Advice.of(missed.endedBy(EndedBy.PRINTER).build())).startsWith("Harmless");
        assertThat(Advice.of(missed.endedBy(EndedBy.NETWORK).build()))
                .startsWith("Check whether the printer is still up");
    }
}
