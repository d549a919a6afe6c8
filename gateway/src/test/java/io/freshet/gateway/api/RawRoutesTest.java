package io.freshet.gateway.api;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** Below the resources there are routes that no annotation guards: all of them are known, and hold nothing of anybody's. */
@QuarkusTest
@TestProfile(AccessProfile.class)
@Timeout(600)
class RawRoutesTest {
    private static final List<String> PUBLIC = List.of("/q/", "/assets/");

    @Inject
    Router router;

    @Test
    void whatIsServedPastTheResourcesIsPublic() {
        TreeSet<String> open = router.getRoutes().stream()
                .map(Route::getPath)
                .filter(Objects::nonNull)
                .filter(path -> PUBLIC.stream().noneMatch(path::startsWith))
                .filter(RawRoutesTest::isOpen)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(open).as("routes that answer whoever asks").isSubsetOf("/");
    }

    private static boolean isOpen(String path) {
        int status = Door.without(RestAssured.port).status("GET", path.replaceAll("[:*]", "x"), "");
        return status != 401 && status != 404;
    }
}
