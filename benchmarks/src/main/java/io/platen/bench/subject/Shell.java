package io.platen.bench.subject;

import java.util.ArrayList;
import java.util.List;

/** Command lines, put together. */
final class Shell {

    private Shell() {}

    static List<String> words(List<String> first, String... more) {
        var words = new ArrayList<>(first);
        words.addAll(List.of(more));
        return List.copyOf(words);
    }
}
