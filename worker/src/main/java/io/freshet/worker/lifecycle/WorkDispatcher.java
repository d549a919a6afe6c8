package io.freshet.worker.lifecycle;

import io.freshet.message.WorkMessage;
import io.freshet.worker.merge.MergeWork;
import io.freshet.worker.settlement.ItemAttempt;
import io.freshet.worker.settlement.Settlement;
import io.freshet.worker.settlement.WorkMetrics;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Dispatches work of every kind, wherever it comes from. */
@Singleton
final class WorkDispatcher {
    private final ItemAttempt items;
    private final MergeWork merges;
    private final WorkMetrics metrics;

    WorkDispatcher(ItemAttempt items, MergeWork merges, WorkMetrics metrics) {
        this.items = items;
        this.merges = merges;
        this.metrics = metrics;
    }

    /**
     * Never fails: failures are settlements, too.
     *
     * @param received how often the message was received; after the first time, another worker may have worked on it
     */
    Uni<Settlement> work(WorkMessage message, long received) {
        return Uni.createFrom()
                .deferred(() -> attempt(message, received))
                .onFailure()
                .recoverWithItem(Settlement.Retry::new)
                .invoke(metrics::settled);
    }

    private Uni<Settlement> attempt(WorkMessage message, long received) {
        return switch (message) {
            case WorkMessage.ComputeItem m when received == 1 -> items.first(m);
            case WorkMessage.ComputeItem m -> items.again(m, received);
            case WorkMessage.MergeResults m -> merges.attempt(m.run(), m.generation());
        };
    }
}
