package io.platen.api.http.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.platen.api.http.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a page ended, opaque and fit for a URL. */
final class CursorTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 17, Integer.MAX_VALUE})
    void nextPageBeginsBeforeTheJob(int job) {
        assertThat(Cursor.before(Cursor.after(job))).isEqualTo(job);
    }

    @Test
    void firstPageBeginsAtTheNewest() {
        assertThat(Cursor.before(null)).isEqualTo(Integer.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1732104000000/dock-1/17", "ä/?&=+ 𝄞"})
    void anyKeyPassesThroughAQueryStringAsItIs(String key) {
        assertThat(Cursor.encode(key)).matches("[A-Za-z0-9_-]*");
        assertThat(Cursor.decode(Cursor.encode(key))).isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "17", "!", "YWJj", "OTk5OTk5OTk5OTk5"})
    void whatIsNoneOfOursIsRefused(String cursor) {
        assertThatThrownBy(() -> Cursor.before(cursor)).isInstanceOf(ProblemException.class);
    }
}
