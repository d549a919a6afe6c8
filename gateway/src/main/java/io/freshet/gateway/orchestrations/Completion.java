package io.freshet.gateway.orchestrations;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.instance.Instance;
import io.freshet.instance.InstanceId;
import io.freshet.instance.RuntimeStatus;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Answers a start: at once with links, or with the end if the client waits for it and it comes in time. */
@Singleton
final class Completion {
    private static final int RETRY_AFTER_SECONDS = 10;

    private final InstanceQueries queries;
    private final Links links;

    Completion(InstanceQueries queries, Links links) {
        this.queries = queries;
        this.links = links;
    }

    /**
     * How a started instance is answered.
     *
     * @param origin beginning of the links
     * @param failAs500 whether the links ask for 500 when the instance fails
     */
    record Wanted(Optional<Patience> patience, Links.Origin origin, boolean failAs500) {}

    Uni<Response> of(InstanceId id, Wanted wanted) {
        return wanted.patience()
                .map(patience -> await(id, patience, patience.timeout()))
                .orElseGet(() -> Uni.createFrom().item(Optional.empty()))
                .map(end -> end.orElseGet(() -> accepted(id, wanted)));
    }

    private Uni<Optional<Response>> await(InstanceId id, Patience patience, Duration left) {
        return queries.find(id.text()).flatMap(found -> {
            Optional<Instance> end = found.filter(i -> i.status().isFinished());
            if (end.isPresent()) {
                return Uni.createFrom().item(Optional.of(ended(end.get())));
            }
            Duration next = left.compareTo(patience.interval()) < 0 ? left : patience.interval();
            return left.isZero()
                    ? Uni.createFrom().item(Optional.empty())
                    : Uni.createFrom()
                            .voidItem()
                            .onItem()
                            .delayIt()
                            .by(next)
                            .chain(() -> await(id, patience, left.minus(next)));
        });
    }

    private static Response ended(Instance instance) {
        return instance.status() == RuntimeStatus.COMPLETED
                ? DurableAnswers.json(200, HistoryJson.value(instance.values().output()))
                        .build()
                : DurableAnswers.json(200, StatusJson.PLAIN.of(instance, List.of()))
                        .build();
    }

    private Response accepted(InstanceId id, Wanted wanted) {
        ObjectNode all = links.all(wanted.origin(), id, wanted.failAs500());
        return DurableAnswers.json(202, all)
                .header(HttpHeaders.LOCATION, links.status(wanted.origin(), id, wanted.failAs500()))
                .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                .build();
    }
}
