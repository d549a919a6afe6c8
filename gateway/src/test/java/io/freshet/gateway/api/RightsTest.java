package io.freshet.gateway.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.testing.StorageUnderTest;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

import static org.assertj.core.api.Assertions.assertThat;

/** Every route by every credential: the table is made of the OpenAPI document, so that no route can be left out. */
@QuarkusTest
@TestProfile(AccessProfile.class)
@Timeout(600)
class RightsTest {
    private static final String DURABLE = "/runtime/webhooks/durabletask";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Set from outside. */
    Issuer issuer;

    StorageUnderTest storage;

    @BeforeEach
    void aWatcherHasMadeTheContainer() {
        Lab.now(storage.blobs().ensureContainer());
    }

    private record Route(String method, String path, List<String> rights) {
        boolean isLook() {
            return rights.contains("read");
        }

        /** It starts something, under the id of another one perhaps. */
        boolean isStart() {
            return path.startsWith("/api/") || path.contains("/orchestrators/");
        }

        boolean isOfOne() {
            return path.contains("{id}") || (path.contains("{instanceId}") && !isStart());
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    @Test
    void everyRouteSaysWhatItWantsAndNoMoreThanItShould() {
        assertThat(routes())
                .hasSizeGreaterThan(25)
                .allSatisfy(route -> assertThat(route.rights())
                        .as(route.toString())
                        .containsExactlyInAnyOrder(expected(route), "admin"));
    }

    /** To look is to read; what changes anything is for those who submit. */
    private static String expected(Route route) {
        boolean looks = route.method().equals("GET") && !route.isStart();
        return looks || route.path().equals("/tickets") ? "read" : "submit";
    }

    @Test
    void nobodyComesInWithoutAKnownCredential() {
        Map<String, Door> strangers = new TreeMap<>(Map.of(
                "no credential", Door.without(port()),
                "unknown key", Door.withKey(port(), "nobody-has-this-key"),
                "empty key", Door.withKey(port(), ""),
                "expired token", Door.withToken(port(), issuer.expired("x", "freshet.admin")),
                "wrong audience", Door.withToken(port(), issuer.forOthers("x", "freshet.admin")),
                "forged token", Door.withToken(port(), issuer.forged("x", "freshet.admin")),
                "no token", Door.withToken(port(), "nonsense"),
                "a hash",
                        Door.withKey(
                                port(),
                                AccessProfile.entry("", "", AccessProfile.BOSS).substring(2))));

        List<String> wrong = new ArrayList<>();
        strangers.forEach((name, door) -> routes().forEach(route -> {
            int status = door.status(route.method(), address(route, "2026-11-8204547905476472157", "x"), body(route));
            if (status != 401) {
                wrong.add(name + ": " + route + " " + status);
            }
        }));

        assertThat(wrong).as("not answered with 401").isEmpty();
    }

    @Test
    void everybodyMayDoWhatTheirRightsSayAndNothingElse() {
        Map<String, Door> callers = new TreeMap<>(Map.of(
                "read", Door.withKey(port(), AccessProfile.READER),
                "submit", Door.withKey(port(), AccessProfile.CI),
                "admin", Door.withKey(port(), AccessProfile.BOSS),
                "read by token", Door.withToken(port(), issuer.token("someone", "freshet.read")),
                "admin by token", Door.withToken(port(), issuer.token("someone", "freshet.admin", "another")),
                "nothing by token", Door.withToken(port(), issuer.token("someone", "read", "admin"))));

        List<String> wrong = new ArrayList<>();
        callers.forEach((name, door) -> routes().forEach(route -> {
            String right = name.split(" ")[0];
            int status = knock(door, route);
            boolean refused = status == 401 || status == 403;
            if (refused == route.rights().contains(right)) {
                wrong.add(name + ": " + route + " " + status);
            }
            if (refused && status != 403) {
                wrong.add(name + ": " + route + " " + status + ", not 403");
            }
        }));

        assertThat(wrong).isEmpty();
    }

    @Test
    void nobodyButAnAdminCommandsWhatOthersHaveSubmitted() {
        Door other = Door.withKey(port(), AccessProfile.OTHER);

        List<String> wrong = new ArrayList<>();
        routes().stream().filter(route -> !route.isLook() && route.isOfOne()).forEach(route -> {
            int status = knock(other, route);
            if (status != 403) {
                wrong.add(route + " " + status);
            }
        });
        assertThat(wrong)
                .as("commands on others' runs that are not answered with 403")
                .isEmpty();
    }

    @Test
    void theSystemKeyOpensOrchestrationsAndNothingElse() {
        String code = "code=" + AccessProfile.SYSTEM.replace(" ", "%20");
        List<String> wrong = new ArrayList<>();
        routes().forEach(route -> {
            String address = address(route, job(), instance());
            int status = Door.without(port())
                    .status(route.method(), address + (address.contains("?") ? "&" : "?") + code, body(route));
            boolean isOrchestrations =
                    route.path().startsWith("/api/") || route.path().startsWith(DURABLE);
            if ((status != 401) != isOrchestrations) {
                wrong.add(route + " " + status);
            }
        });
        assertThat(wrong).isEmpty();
    }

    /** A job of ours, or an instance, for each look or command: it may be gone after it. */
    private int knock(Door door, Route route) {
        String job = route.path().contains("{id}") ? job() : "";
        String instance = route.path().contains("{instanceId}") ? instance() : "";
        return door.status(route.method(), address(route, job, instance), body(route));
    }

    private static String job() {
        return Door.withKey(port(), AccessProfile.CI).text("POST", "/jobs?handler=identity", "a line\n");
    }

    private static String instance() {
        try {
            return JSON.readTree(Door.withKey(port(), AccessProfile.CI)
                            .text("POST", "/api/orchestrators/ComputeOrchestrator?inputCount=1", ""))
                    .path("id")
                    .asText();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String address(Route route, String job, String instance) {
        String path = route.path()
                .replace("{id}", job)
                .replace("{instanceId}", route.isStart() ? instance + "-new" : instance)
                .replace("{name}", "ComputeOrchestrator")
                .replace("{eventName}", "AnEvent")
                .replace("{item}", "0");
        return switch (route.path()) {
            case "/tickets" -> path + "?path=/jobs/2026-11-8204547905476472157/results";
            case "/jobs/{id}/rerun" -> path + "?failedOnly=true";
            case DURABLE + "/instances" -> path + "?createdTimeFrom=2100-01-01T00:00:00Z";
            case DURABLE + "/instances/{instanceId}/restartWithOptions" ->
                path + "?newInstanceId=" + instance + "-again";
            case "/api/orchestrators/{name}", "/api/orchestrators/{name}/{instanceId}" -> path + "?inputCount=1";
            default -> path;
        };
    }

    private static String body(Route route) {
        if (!route.method().equals("POST")) {
            return "";
        }
        return route.path().equals("/jobs")
                ? "a line\n"
                : route.path().startsWith("/runtime") ? "{\"inputCount\":1}" : "";
    }

    private static List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        try {
            JsonNode paths = JSON.readTree(Door.without(port()).text("GET", "/q/openapi?format=json", ""))
                    .path("paths");
            paths.properties()
                    .forEach(path -> path.getValue().properties().forEach(method -> {
                        if (method.getValue().has("operationId")) {
                            routes.add(new Route(
                                    method.getKey().toUpperCase(Locale.ROOT),
                                    path.getKey(),
                                    rights(method.getValue())));
                        }
                    }));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return routes;
    }

    /** Whatever the credential. */
    private static List<String> rights(JsonNode operation) {
        TreeSet<String> rights = new TreeSet<>();
        operation.path("security").forEach(scheme -> scheme.forEach(list -> list.forEach(r -> rights.add(r.asText()))));
        return List.copyOf(rights);
    }

    private static int port() {
        return RestAssured.port;
    }
}
