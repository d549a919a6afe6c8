package io.freshet.gateway.http;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RouteTest {

    @Test
    void aPathIsFoundByItsTemplate() {
        assertThat(Route.of("/jobs"))
                .hasValueSatisfying(r -> assertThat(r.template()).isEqualTo("/jobs"));
        assertThat(Route.of("/jobs/a/events"))
                .hasValueSatisfying(r -> assertThat(r.template()).isEqualTo("/jobs/{id}/events"));
        assertThat(Route.of("/jobs;a=b/x;c=d/"))
                .hasValueSatisfying(r -> assertThat(r.template()).isEqualTo("/jobs/{id}"));
        assertThat(Route.of("/")).isEmpty();
        assertThat(Route.of("/jobs/a/b/c")).isEmpty();
        assertThat(Route.of("/q/health")).isEmpty();
    }
}
