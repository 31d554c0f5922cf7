package io.platen.api.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each role may do what those below it may. */
final class RoleTest {

    @ParameterizedTest
    @CsvSource({
        "ADMIN, OPERATOR, true",
        "ADMIN, SUBMITTER, true",
        "OPERATOR, SUBMITTER, true",
        "OPERATOR, OPERATOR, true",
        "SUBMITTER, OPERATOR, false",
        "OPERATOR, ADMIN, false"
    })
    void higherOneIncludesLowerOnes(Role role, Role other, boolean includes) {
        assertThat(role.includes(other)).isEqualTo(includes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ADMIN", "Admin", "root", "admin "})
    void onlyKeywordsNameARole(String keyword) {
        assertThat(Role.find(keyword)).isEmpty();
    }
}
