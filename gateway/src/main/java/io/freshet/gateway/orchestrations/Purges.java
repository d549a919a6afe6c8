package io.freshet.gateway.orchestrations;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.freshet.gateway.access.Caller;
import io.freshet.instance.Instance;
import io.freshet.storage.InstanceFilter;
import io.freshet.storage.InstanceStore;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;

import java.time.Clock;
import java.time.Duration;

/**
 * Purges finished instances. A purge by filter takes as many as it can in the time that any client will wait, and says how
 * many: if sent again, it continues.
 */
@Singleton
final class Purges {
    private static final int AT_ONCE = 32;
    private static final Duration PATIENCE_OF_CLIENTS = Duration.ofSeconds(20);
    private static final String FROM = "createdTimeFrom";

    private final InstanceQueries queries;
    private final InstanceStore store;
    private final Clock clock;

    Purges(InstanceQueries queries, InstanceStore store, Clock clock) {
        this.queries = queries;
        this.store = store;
        this.clock = clock;
    }

    Uni<Response> one(String id, Caller caller) {
        return queries.find(id)
                .map(found -> InstanceCommands.commanded(found, caller, DurableError.unknown()))
                .invoke(instance -> refuseUnfinished(id, instance))
                .flatMap(instance -> store.purge(instance, clock.instant()))
                .map(Purges::deleted);
    }

    private static void refuseUnfinished(String id, Instance instance) {
        if (!instance.status().isFinished()) {
            throw DurableError.notToBePurged(id, instance.status());
        }
    }

    Uni<Response> byFilter(HttpServerRequest request, Caller caller) {
        Query query = new Query(request.query());
        if (query.value(FROM).flatMap(FilterQuery::read).isEmpty()) {
            throw DurableError.badText("Please provide value for '" + FROM + "' parameter.");
        }
        InstanceFilter filter = FilterQuery.of(query, caller.onlyOwnerCommanded());
        return store.purge(filter, clock.instant(), AT_ONCE)
                .select()
                .first(PATIENCE_OF_CLIENTS)
                .collect()
                .in(Count::new, Count::add)
                .map(count -> deleted(count.total));
    }

    private static Response deleted(int count) {
        if (count == 0) {
            throw DurableError.unknown();
        }
        return DurableAnswers.json(200, JsonNodeFactory.instance.objectNode().put("instancesDeleted", count))
                .build();
    }

    private static final class Count {
        private int total;

        void add(int more) {
            total += more;
        }
    }
}
