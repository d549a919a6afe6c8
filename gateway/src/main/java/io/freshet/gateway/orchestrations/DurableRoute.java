package io.freshet.gateway.orchestrations;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The paths of the original, which ignore case. A trailing slash and a second one in front are tolerated; any other path is
 * unknown.
 */
final class DurableRoute {
    static final String BASE = "/runtime/webhooks/durabletask";
    static final String STARTER = "/api/orchestrators";

    private static final String ORCHESTRATORS = "orchestrators";
    private static final String INSTANCES = "instances";
    private static final String RAISE = "raiseEvent";
    private static final String MAKE_PRIMARY = "makeprimary";
    private static final Map<String, String> OPERATIONS = Stream.of(
                    "terminate", "suspend", "resume", "rewind", "restart", "restartWithOptions")
            .collect(Collectors.toUnmodifiableMap(o -> o.toLowerCase(Locale.ROOT), Function.identity()));
    private static final Set<String> LOOK_OR_DELETE = Set.of("GET", "DELETE");
    private static final Set<String> LOOK_OR_POST = Set.of("GET", "POST");

    private DurableRoute() {}

    /** Whether a path, as it was sent, belongs to this API. */
    static boolean isOurs(String rawPath) {
        return isBelow(BASE, rawPath) || isBelow(STARTER, rawPath);
    }

    private static boolean isBelow(String base, String path) {
        return path.regionMatches(true, 0, base, 0, base.length())
                && (path.length() == base.length() || path.charAt(base.length()) == '/');
    }

    /** The path in the form of our resources; empty if there is none for this method. */
    static Optional<String> canonical(String method, String rawPath) {
        boolean starter = isBelow(STARTER, rawPath);
        String base = starter ? STARTER : BASE;
        List<String> segments = segments(rawPath.substring(base.length()));
        if (segments.isEmpty() || segments.stream().anyMatch(s -> s.isEmpty() || s.contains("/"))) {
            return Optional.empty();
        }
        return starter ? starter(method, segments) : webhook(method, segments);
    }

    /** Whether it concerns the original's regions, of which there is only one here. */
    static boolean isMakePrimary(String rawPath) {
        return isBelow(BASE, rawPath)
                && segments(rawPath.substring(BASE.length())).equals(List.of(MAKE_PRIMARY));
    }

    private static List<String> segments(String rest) {
        String inner = rest.startsWith("//") ? rest.substring(2) : rest.replaceFirst("^/", "");
        String trimmed = inner.endsWith("/") ? inner.substring(0, inner.length() - 1) : inner;
        return trimmed.isEmpty()
                ? List.of()
                : Arrays.stream(trimmed.split("/", -1)).map(Percent::decode).toList();
    }

    private static Optional<String> starter(String method, List<String> segments) {
        return segments.size() <= 2 && LOOK_OR_POST.contains(method)
                ? Optional.of(STARTER + path(segments))
                : Optional.empty();
    }

    private static Optional<String> webhook(String method, List<String> segments) {
        List<String> rest = segments.subList(1, segments.size());
        String kind = segments.getFirst().toLowerCase(Locale.ROOT);
        if (kind.equals(ORCHESTRATORS) && (rest.size() == 1 || rest.size() == 2) && method.equals("POST")) {
            return Optional.of(BASE + "/" + ORCHESTRATORS + path(rest));
        }
        return kind.equals(INSTANCES)
                ? instances(method, rest).map(path -> BASE + "/" + INSTANCES + path)
                : Optional.empty();
    }

    private static Optional<String> instances(String method, List<String> rest) {
        if (rest.size() < 2) {
            return LOOK_OR_DELETE.contains(method) ? Optional.of(path(rest)) : Optional.empty();
        }
        if (!method.equals("POST")) {
            return Optional.empty();
        }
        String operation = rest.get(1).toLowerCase(Locale.ROOT);
        String instance = path(rest.subList(0, 1));
        if (rest.size() == 2) {
            return Optional.ofNullable(OPERATIONS.get(operation)).map(name -> instance + "/" + name);
        }
        return rest.size() == 3 && operation.equalsIgnoreCase(RAISE)
                ? Optional.of(instance + "/" + RAISE + path(rest.subList(2, 3)))
                : Optional.empty();
    }

    private static String path(List<String> segments) {
        return segments.stream().map(s -> "/" + Percent.encode(s)).collect(Collectors.joining());
    }
}
