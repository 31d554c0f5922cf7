package io.platen.api.security;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The role that each request needs. Without a rule it is admin, so a new route is closed until a rule opens it. */
public final class Permissions {
    private static final Set<String> READ = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> POST = Set.of("POST");

    private static final String ID = "([^/]*)";
    private static final String PRINTERS = "/v1/printers/" + ID;

    /** Paths whose answers tell nothing about the site. */
    private static final Pattern OPEN = Pattern.compile("/|/health/.*|/problems/.*|/openapi\\.yaml|/docs(/.*)?");

    private static final List<Rule> RULES = List.of(
            rule(READ, PRINTERS + "/failures/[^/]*/evidence", Role.OPERATOR),
            rule(READ, PRINTERS + "(?:/.*)?", Role.SUBMITTER),
            rule(READ, "/v1/printers/?", Role.SUBMITTER),
            rule(POST, PRINTERS + "/jobs/?", Role.SUBMITTER),
            rule(POST, "/v1/jobs/?", Role.SUBMITTER),
            rule(READ, "/v1/(?:events|failures)/?", Role.SUBMITTER),
            rule(READ, "/v1/(?:operations(?:/.*)?|webhooks)", Role.OPERATOR),
            rule(READ, "/metrics", Role.SUBMITTER),
            rule(POST, "/v1/failures/(?:resubmit|discard)", Role.OPERATOR),
            rule(POST, PRINTERS + "/(?:pause|resume)", Role.OPERATOR),
            rule(POST, PRINTERS + "/jobs/.*", Role.OPERATOR),
            rule(Set.of("DELETE"), PRINTERS + "/(?:jobs|failures)/.*", Role.OPERATOR),
            rule(POST, PRINTERS + "/failures/.*", Role.OPERATOR));

    private Permissions() {}

    /**
     * What a request needs.
     *
     * @param printer the printer that the path names, if any
     */
    public record Needed(Role role, Optional<String> printer) {}

    private record Rule(Set<String> methods, Pattern path, Role role) {}

    private static Rule rule(Set<String> methods, String path, Role role) {
        return new Rule(methods, Pattern.compile(path), role);
    }

    /** Whether the request needs no credentials. */
    public static boolean isOpen(String method, String path) {
        return READ.contains(method) && OPEN.matcher(path).matches();
    }

    public static Needed needed(String method, String path) {
        for (Rule rule : RULES) {
            Matcher matcher = rule.path().matcher(path);
            if (rule.methods().contains(method) && matcher.matches()) {
                return new Needed(rule.role(), Optional.ofNullable(printer(matcher)));
            }
        }
        Matcher printer = Pattern.compile(PRINTERS + "(?:/.*)?").matcher(path);
        return new Needed(Role.ADMIN, printer.matches() ? Optional.of(printer.group(1)) : Optional.empty());
    }

    private static @Nullable String printer(Matcher matcher) {
        return matcher.groupCount() == 0 ? null : matcher.group(1);
    }
}
