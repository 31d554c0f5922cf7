package io.platen.api.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who asks, for limits, keys and the audit log. */
final class CallerTest {

    @Test
    void anonymousIsLimitedByItsAddressButOwnsNoKeys() {
        Caller caller = Caller.anonymous("10.0.0.9");

        assertThat(caller.key()).isEqualTo("address:10.0.0.9");
        assertThat(caller.keyOwner()).isNull();
        assertThat(caller.mayUse("any")).isTrue();
        assertThat(caller.isLimited()).isFalse();
    }

    @Test
    void limitedCallerMayUseItsPrintersOnly() {
        var caller = new Caller("token:1 n", "token:1", Role.SUBMITTER, Set.of("dock-1"));

        assertThat(caller.mayUse("dock-1")).isTrue();
        assertThat(caller.mayUse("dock-2")).isFalse();
        assertThat(caller.isLimited()).isTrue();
        assertThat(caller.keyOwner()).isEqualTo("token:1");
    }

    /** The audit log must not say that somebody was here who only showed a wrong secret. */
    @Test
    void refusedOneIsNamedByTheTokenThatItShowedAndSaidToBeRefused() {
        var issued = ApiToken.issue("erp", Role.ADMIN, Set.of(), Instant.EPOCH, null);

        assertThat(Caller.refused("Bearer " + issued.text(), "10.0.0.9").name())
                .isEqualTo("token:" + issued.token().id() + " (refused)");
        assertThat(Caller.refused("Bearer rubbish", "10.0.0.9").name()).isEqualTo("anonymous");
        assertThat(Caller.refused(null, "10.0.0.9").role()).isEqualTo(Role.SUBMITTER);
    }
}
