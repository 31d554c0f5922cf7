package io.platen.api.cli;

import io.platen.api.security.ApiToken;
import io.platen.api.security.AuditLog;
import io.platen.api.security.Role;
import io.platen.api.security.TokenFile;
import io.platen.api.server.StartException;
import io.platen.api.wire.Durations;
import io.platen.api.wire.Json;
import io.platen.spooler.job.PrinterId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./platen token}. Works on the server's data directory, also while the server runs. */
@Command(
        name = "token",
        mixinStandardHelpOptions = true,
        description = "Creates, lists and revokes API tokens, on the server's machine.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "A running server applies the change to its next request. Once there is a token, every call needs one."
        })
public final class TokenCommand {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Command(
            name = "create",
            mixinStandardHelpOptions = true,
            description = "Creates a token and prints it; it cannot be shown again.")
    int create(
            @Mixin ServerOptions options,
            @Option(
                            names = "--role",
                            required = true,
                            paramLabel = "ROLE",
                            description = "submitter, operator or admin")
                    String roleName,
            @Option(
                            names = "--name",
                            defaultValue = "",
                            paramLabel = "NAME",
                            description = "the owner's name, for lists and the audit log")
                    String name,
            @Option(
                            names = "--printer",
                            paramLabel = "ID",
                            description = "a printer that the submitter may use; can be repeated (default: all)")
                    @Nullable
                    List<String> printers,
            @Option(
                            names = "--expires-in",
                            paramLabel = "TIME",
                            description = "how long it is valid, such as 90d (default: for ever)")
                    @Nullable
                    String expiresIn,
            @Option(names = "--json", description = "print JSON") boolean json)
            throws StartException, IOException {
        Role role = Role.find(roleName)
                .orElseThrow(() ->
                        usage("There is no role '" + roleName + "'. The roles are submitter, operator and admin."));
        Set<String> only = printers == null ? Set.of() : new HashSet<>(printers);
        if (!only.isEmpty() && role != Role.SUBMITTER) {
            throw usage("Only a submitter can be limited to printers.");
        }
        only.forEach(this::requireId);
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        var issued = ApiToken.issue(name, role, only, now, expiresIn == null ? null : now.plus(duration(expiresIn)));
        file(options).add(issued.token());
        Terminal.OUT.println(
                json ? Json.pretty(new Created(issued.text(), Shown.of(issued.token(), now))) : issued.text());
        String limits = (only.isEmpty() ? "" : " --printer " + String.join(",", only))
                + (expiresIn == null ? "" : " --expires-in " + expiresIn);
        record(
                options,
                "token create --role " + role.keyword() + (name.isEmpty() ? "" : " --name " + name) + limits,
                issued.token().id());
        return Terminal.DONE;
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists all tokens, without their secrets.")
    int list(@Mixin ServerOptions options, @Option(names = "--json", description = "print JSON") boolean json)
            throws StartException, IOException {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        List<Shown> tokens =
                file(options).all().stream().map(token -> Shown.of(token, now)).toList();
        if (json) {
            Terminal.OUT.println(Json.pretty(new Tokens(tokens)));
            return Terminal.DONE;
        }
        var table = new Table("ID", "ROLE", "NAME", "PRINTERS", "STATE", "CREATED", "EXPIRES");
        tokens.forEach(token -> table.row(
                token.id(),
                token.role(),
                token.name(),
                token.printers().isEmpty() ? "all" : String.join(",", token.printers()),
                token.state(),
                token.createdAt(),
                token.expiresAt() == null ? "never" : token.expiresAt()));
        table.print(Terminal.OUT);
        return Terminal.DONE;
    }

    @Command(name = "revoke", mixinStandardHelpOptions = true, description = "Revokes a token, at once.")
    int revoke(
            @Mixin ServerOptions options,
            @Parameters(paramLabel = "ID", description = "the token's id, as list shows it") String id)
            throws StartException, IOException {
        if (!file(options).revoke(id, Instant.now())) {
            throw new ClientException("There is no token '" + id + "'. ./platen token list shows all.");
        }
        Terminal.OUT.println("Token " + id + " is revoked.");
        record(options, "token revoke", id);
        return Terminal.DONE;
    }

    private static TokenFile file(ServerOptions options) throws StartException {
        return TokenFile.in(options.settings().dataDirectory());
    }

    /** Adds the change to the audit log. The change itself is already stored, so a failure is only reported. */
    private static void record(ServerOptions options, String what, String token) throws StartException {
        var entry = new AuditLog.AuditEntry(
                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                "os:" + System.getProperty("user.name"),
                "local",
                what,
                AuditLog.AuditEntry.DONE,
                "token:" + token,
                null);
        try {
            AuditLog.addTo(options.settings().dataDirectory(), entry);
        } catch (IOException e) {
            Terminal.ERR.println("The change is made, but the audit log could not record it: " + e.getMessage());
        }
    }

    private void requireId(String printer) {
        try {
            var unused = new PrinterId(printer);
        } catch (IllegalArgumentException e) {
            throw usage("'" + printer + "': " + e.getMessage() + ".");
        }
    }

    private Duration duration(String text) {
        try {
            return Durations.parse(text);
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private record Tokens(List<Shown> tokens) {}

    private record Created(String token, Shown as) {}

    /** A token without its hash. */
    private record Shown(
            String id,
            String name,
            String role,
            Set<String> printers,
            String state,
            Instant createdAt,
            @Nullable Instant expiresAt,
            @Nullable Instant revokedAt) {

        static Shown of(ApiToken token, Instant now) {
            String state = token.isUsable(now) ? "valid" : token.revokedAt() != null ? "revoked" : "expired";
            return new Shown(
                    token.id(),
                    token.name(),
                    token.role().keyword(),
                    token.printers(),
                    state,
                    token.createdAt(),
                    token.expiresAt(),
                    token.revokedAt());
        }
    }
}
