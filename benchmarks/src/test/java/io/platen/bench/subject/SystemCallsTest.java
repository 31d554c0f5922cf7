package io.platen.bench.subject;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class SystemCallsTest {

    @Test
    void readsStracesTableWithAndWithoutErrors() {
        String table = """
                % time     seconds  usecs/call     calls    errors syscall
                ------ ----------- ----------- --------- --------- ----------------
                 94.73    0.902341         101      8850      1204 futex
                  5.27    0.050211         251       200           fdatasync
                ------ ----------- ----------- --------- --------- ----------------
                100.00    0.952552         105      9050      1204 total
                """;
        assertThat(SystemCalls.parse(table.lines().toList())).isEqualTo(Map.of("futex", 8850L, "fdatasync", 200L));
    }
}
