package io.platen.api.security;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The settings in {@code platen.security}. reference.conf explains each.
 *
 * @param oidc null if no identity provider is configured
 */
public record SecuritySettings(
        Path dataDirectory,
        boolean alwaysRequired,
        @Nullable Oidc oidc,
        Duration auditKeptFor) {

    /**
     * How tokens of an identity provider are checked.
     *
     * @param keys a file or a URL with a JWK set
     */
    public record Oidc(String issuer, String audience, String keys, String rolesClaim, String printersClaim) {}

    /** {@code alwaysRequired} asks for credentials even if no token exists. */
    public static SecuritySettings of(Config all, Path dataDirectory, boolean alwaysRequired) {
        Config config = all.getConfig("platen.security");
        Config oidc = config.getConfig("oidc");
        return new SecuritySettings(
                dataDirectory,
                alwaysRequired,
                oidc.getString("issuer").isEmpty()
                        ? null
                        : new Oidc(
                                oidc.getString("issuer"),
                                oidc.getString("audience"),
                                oidc.getString("keys"),
                                oidc.getString("roles-claim"),
                                oidc.getString("printers-claim")),
                config.getDuration("audit.keep-for"));
    }
}
