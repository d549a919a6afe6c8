package io.freshet.gateway.orchestrations;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.instance.Instance;
import io.freshet.instance.InstanceId;
import io.freshet.instance.RaisedEvent;
import io.freshet.storage.InstancePage;
import io.freshet.storage.InstanceStore;
import io.freshet.storage.RaisedEvents;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

import java.util.List;
import java.util.Optional;

/** Looks up instances. */
@Singleton
final class InstanceQueries {
    /** Most events that a history shows before an instance has waited for them. */
    private static final int SHOWN_EVENTS = 1_000;

    private final InstanceStore store;
    private final RaisedEvents events;

    InstanceQueries(InstanceStore store, RaisedEvents events) {
        this.store = store;
        this.events = events;
    }

    /** Empty for an invalid id, too. */
    Uni<Optional<Instance>> find(String id) {
        return InstanceId.read(id)
                .map(store::find)
                .orElseGet(() -> Uni.createFrom().item(Optional.empty()));
    }

    Uni<ObjectNode> json(Instance instance, StatusJson wanted) {
        Uni<List<RaisedEvent>> untaken =
                wanted.wantsHistoryOf(instance) && !instance.status().isFinished()
                        ? events.untaken(instance, SHOWN_EVENTS)
                        : Uni.createFrom().item(List.of());
        return untaken.map(found -> wanted.of(instance, found));
    }

    Uni<ArrayNode> json(InstancePage page, StatusJson wanted) {
        return Multi.createFrom()
                .iterable(page.instances())
                .onItem()
                .transformToUniAndConcatenate(instance -> json(instance, wanted))
                .collect()
                .in(JsonNodeFactory.instance::arrayNode, ArrayNode::add);
    }
}
