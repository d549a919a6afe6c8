package io.freshet.gateway.orchestrations;

import io.freshet.gateway.access.Caller;
import io.freshet.instance.Instance;
import io.freshet.instance.RuntimeStatus;
import io.freshet.storage.InstanceFilter;
import io.freshet.storage.InstancePage;
import io.freshet.storage.InstanceStore;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Answers which instances there are, and what their status is. */
@Singleton
final class StatusAnswers {
    static final String TOKEN = "x-ms-continuation-token";
    private static final int RETRY_AFTER_SECONDS = 5;
    private static final int PAGE = 100;
    private static final int LARGEST_PAGE = 1_000;

    private final InstanceQueries queries;
    private final InstanceStore store;
    private final Links links;

    StatusAnswers(InstanceQueries queries, InstanceStore store, Links links) {
        this.queries = queries;
        this.store = store;
        this.links = links;
    }

    Uni<Response> one(String id, HttpServerRequest request, Caller caller) {
        Query query = new Query(request.query());
        return queries.find(id)
                .map(found ->
                        found.filter(i -> caller.maySee(i.request().owner())).orElseThrow(DurableError::unknown))
                .flatMap(instance -> queries.json(instance, StatusJson.wanted(query))
                        .map(json -> headed(DurableAnswers.json(code(instance, query), json), instance, request)
                                .build()));
    }

    private static int code(Instance instance, Query query) {
        if (!instance.status().isFinished()) {
            return 202;
        }
        boolean failed = instance.status() == RuntimeStatus.FAILED;
        return failed && query.flag("returnInternalServerErrorOnFailure", false) ? 500 : 200;
    }

    /** Leads back to the same path and query, at the address that clients are given. */
    private Response.ResponseBuilder headed(
            Response.ResponseBuilder response, Instance instance, HttpServerRequest request) {
        return instance.status().isFinished()
                ? response
                : response.header(HttpHeaders.LOCATION, links.origin(request).base() + request.uri())
                        .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
    }

    Uni<Response> list(HttpServerRequest request, Caller caller) {
        Query query = new Query(request.query());
        InstanceFilter filter = FilterQuery.of(query, caller.onlyOwnerSeen());
        int size = size(query);
        Optional<InstancePage.Position> at = ContinuationToken.read(request.getHeader(TOKEN));
        Uni<InstancePage> page = at.isPresent()
                ? store.page(filter, at.get(), size)
                : Uni.createFrom().item(new InstancePage(List.of(), null));
        return page.flatMap(found -> queries.json(found, StatusJson.wanted(query))
                .map(json -> {
                    Response.ResponseBuilder response = DurableAnswers.json(200, json);
                    return found.next() == null
                            ? response.build()
                            : response.header(TOKEN, ContinuationToken.write(found.next()))
                                    .build();
                }));
    }

    private static int size(Query query) {
        String top = query.text("top").orElse("").strip();
        if (!top.matches("[+-]?\\d{1,9}")) {
            return PAGE;
        }
        int size = Integer.parseInt(top);
        if (size < 0) {
            throw DurableError.bad("'top' must be 0 or more, not " + top);
        }
        return Math.min(size, LARGEST_PAGE);
    }

    /** Where a list goes on, as text for a header. */
    private static final class ContinuationToken {
        private static final String PREFIX = "1 ";

        private ContinuationToken() {}

        static String write(InstancePage.Position position) {
            String text = PREFIX + position.after() + "\n" + (position.token() == null ? "" : position.token());
            return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        }

        /** The beginning if there is no token; empty if it is not one of ours. */
        static Optional<InstancePage.Position> read(@Nullable String token) {
            if (token == null || token.isBlank()) {
                return Optional.of(InstancePage.Position.BEGINNING);
            }
            try {
                String text = new String(Base64.getUrlDecoder().decode(token.strip()), StandardCharsets.UTF_8);
                int end = text.indexOf('\n');
                return text.startsWith(PREFIX) && end > 0
                        ? Optional.of(new InstancePage.Position(
                                end + 1 < text.length() ? text.substring(end + 1) : null,
                                text.substring(PREFIX.length(), end)))
                        : Optional.empty();
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
    }
}
