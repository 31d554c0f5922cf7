package io.platen.printer.simulator;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** SHA-256 by the examples of FIPS 180-2, appendix B. */
final class RunningDigestTest {
    private static final String OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    private static final String OF_NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private final RunningDigest tally = new RunningDigest();

    @Test
    void countsTheGivenLengthOfABuffer() {
        tally.add("abX".getBytes(US_ASCII), 2);
        tally.add("cYZ".getBytes(US_ASCII), 1);

        assertThat(tally.sha256()).isEqualTo(OF_ABC);
    }

    @Test
    void startsAfreshWhenItWasRead() {
        tally.add("abc".getBytes(US_ASCII), 3);

        assertThat(tally.sha256()).isEqualTo(OF_ABC);
        assertThat(tally.sha256()).isEqualTo(OF_NOTHING);
    }
}
