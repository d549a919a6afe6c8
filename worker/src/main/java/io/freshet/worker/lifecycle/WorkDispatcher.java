package io.freshet.worker.lifecycle;

import io.freshet.message.WorkMessage;
import io.freshet.worker.merge.MergeWork;
import io.freshet.worker.settlement.ItemAttempt;
import io.freshet.worker.settlement.Settlement;
import io.freshet.worker.settlement.WorkMetrics;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Takes up work of every kind, wherever it comes from. */
@Singleton
final class WorkDispatcher {
    private final ItemAttempt items;
    private final MergeWork merges;
    private final WorkMetrics metrics;

    /** What is known of earlier attempts. */
    enum Delivery {
        /** What the message says of its item still holds. */
        FIRST,
        /** Somebody may have worked on it. */
        REPEATED
    }

    WorkDispatcher(ItemAttempt items, MergeWork merges, WorkMetrics metrics) {
        this.items = items;
        this.merges = merges;
        this.metrics = metrics;
    }

    /** Never fails: a failure is a settlement too. */
    Uni<Settlement> work(WorkMessage message, Delivery delivery) {
        return Uni.createFrom()
                .deferred(() -> attempt(message, delivery))
                .onFailure()
                .recoverWithItem(Settlement.Retry::new)
                .invoke(metrics::settled);
    }

    private Uni<Settlement> attempt(WorkMessage message, Delivery delivery) {
        return switch (message) {
            case WorkMessage.ComputeItem m when delivery == Delivery.FIRST -> items.first(m);
            case WorkMessage.ComputeItem m -> items.again(m);
            case WorkMessage.MergeResults m -> merges.attempt(m.run(), m.generation());
        };
    }
}
