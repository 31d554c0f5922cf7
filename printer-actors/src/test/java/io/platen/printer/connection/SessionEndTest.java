package io.platen.printer.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.platen.printer.diagnosis.Errno;
import io.platen.printer.diagnosis.Evidence.End;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SessionEndTest {

    /** What was seen, the error behind it, whether the FIN had come, whether all was acknowledged, and the end. */
    @ParameterizedTest
    @CsvSource({
        "PEER_FIN,      ,           true,  true,  PEER_FIN",
        "PEER_FIN,      ECONNRESET, true,  true,  RESET",
        "RESET,         ECONNRESET, false, false, RESET",
        "RESET,         EPIPE,      true,  false, PEER_FIN",
        "RESET,         EPIPE,      true,  true,  RESET",
        "RESET,         EPIPE,      false, false, RESET",
        "RESET,         ECONNRESET, true,  false, RESET",
        "CLOSE_TIMEOUT, ECONNRESET, true,  true,  CLOSE_TIMEOUT",
        "INTERRUPTED,   EPIPE,      true,  false, INTERRUPTED",
        "RETIRED,       EPIPE,      true,  false, RETIRED",
        "SILENCE,       ,           false, false, SILENCE",
    })
    void whatTheSocketSaysLastCountsUnlessWeEndedIt(
            End seen, @Nullable Errno errno, boolean peerFinished, boolean allAcknowledged, End settled) {
        var end = new SessionEnd();
        if (errno != null) {
            end.failsWith(errno.exception());
        }
        end.is(seen);

        assertThat(end.settled(peerFinished, allAcknowledged)).isEqualTo(settled);
    }

    @Test
    void firstErrorIsTheReasonAndLaterOnesItsEcho() {
        var end = new SessionEnd();
        var first = Errno.ECONNRESET.exception();

        assertThat(end.failsWith(first)).isTrue();
        assertThat(end.failsWith(Errno.EPIPE.exception())).isFalse();
        assertThat(end.error()).isSameAs(first);
    }

    @Test
    void documentThatCannotBeReadIsTheReasonWhateverTheConnectionSaid() {
        var end = new SessionEnd();
        end.failsWith(Errno.ECONNRESET.exception());
        var unreadable = new IllegalStateException("gone");
        end.failsForDocument(unreadable);

        assertThat(end.error()).isSameAs(unreadable);
    }
}
