package io.platen.api.security;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * {@code platen.security}; reference.conf explains each.
 *
 * @param oidc null when it is not used
 */
public record SecuritySettings(
        Path dataDirectory,
        boolean alwaysRequired,
        @Nullable Oidc oidc,
        Duration auditKeptFor) {

    /**
     * Tokens of an identity provider.
     *
     * @param keys a file or a URL with a JWK set
     */
    public record Oidc(String issuer, String audience, String keys, String rolesClaim, String printersClaim) {}

    /**
     * Reads them.
     *
     * @param alwaysRequired whether credentials are asked for although there may be none
     */
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
