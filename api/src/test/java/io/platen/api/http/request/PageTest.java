package io.platen.api.http.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.http.javadsl.model.HttpRequest;
import io.platen.api.http.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of a list in the order of a key: together they are the list, each entry once. */
final class PageTest {
    private static final List<String> ALL = List.of("a", "b", "c", "d", "e");

    @Test
    void withoutALimitAllIsOnePage() {
        assertThat(page("")).isEqualTo(new Page<>(ALL, null));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void pagesTogetherAreTheList(int limit) {
        var seen = new ArrayList<String>();
        String query = "?limit=" + limit;
        int pages = 0;
        for (String next = ""; next != null; pages++) {
            Page<String> page = page(query + next);
            assertThat(page.entries()).hasSizeBetween(1, limit);
            seen.addAll(page.entries());
            next = page.next() == null ? null : "&after=" + page.next();
        }

        assertThat(seen).isEqualTo(ALL);
        assertThat(pages).isEqualTo((ALL.size() + limit - 1) / limit);
    }

    @Test
    void pageAfterAnEntryThatHasGoneGoesOnBehindIt() {
        assertThat(page("?after=" + Cursor.encode("bb")).entries()).containsExactly("c", "d", "e");
        assertThat(page("?after=" + Cursor.encode("e")).entries()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"?limit=0", "?limit=-1", "?limit=1001", "?limit=x", "?limit=", "?after=!"})
    void nonsenseIsRefused(String query) {
        assertThatThrownBy(() -> page(query)).isInstanceOf(ProblemException.class);
    }

    private static Page<String> page(String query) {
        return Page.of(HttpRequest.create("http://platen/v1/list" + query), ALL.stream(), entry -> entry);
    }
}
