package io.platen.persistence.document;

import static org.assertj.core.api.Assertions.assertThat;

import akka.util.ByteString;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of FIPS 180-2, appendix B, and of the empty text. */
final class Sha256Test {
    private static final String TWO_BLOCKS = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";

    @ParameterizedTest
    @CsvSource({
        "'', e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "abc, ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        TWO_BLOCKS + ", 248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    })
    void isTheSameInAnyChunks(String text, String hex) {
        for (int cut = 0; cut <= text.length(); cut++) {
            var sum = new Sha256();
            sum.add(ByteString.fromString(text.substring(0, cut)));
            sum.add(ByteString.fromString(text.substring(cut)));
            assertThat(sum.hex()).isEqualTo(hex);

            // A chunk that is itself put together from two.
            var joined = new Sha256();
            joined.add(
                    ByteString.fromString(text.substring(0, cut)).concat(ByteString.fromString(text.substring(cut))));
            assertThat(joined.hex()).isEqualTo(hex);
        }
    }
}
