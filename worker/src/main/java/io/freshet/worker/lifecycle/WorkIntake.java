package io.freshet.worker.lifecycle;

import io.freshet.azure.queue.IncomingQueueMetadata;
import io.freshet.failure.FailureCode;
import io.freshet.failure.FreshetException;
import io.freshet.failure.Permanent;
import io.freshet.message.Wire;
import io.freshet.message.WorkMessage;
import io.freshet.storage.PartIndex;
import io.freshet.worker.execution.ComputationThreads;
import io.freshet.worker.merge.MergeWork;
import io.freshet.worker.settlement.PartWork;
import io.freshet.worker.settlement.Settlement;
import io.freshet.worker.settlement.WorkMetrics;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import java.time.Duration;

/** Serves: takes as many messages as parts can be computed at once, never more, and settles each. */
@Singleton
final class WorkIntake {
    private static final Logger LOG = Logger.getLogger(WorkIntake.class);

    private final Multi<Message<String>> messages;
    private final PartWork parts;
    private final MergeWork merges;
    private final int concurrency;
    private final WorkMetrics metrics;
    private @Nullable Cancellable subscription;

    WorkIntake(
            @Channel("work") Multi<Message<String>> messages,
            PartWork parts,
            MergeWork merges,
            ComputationThreads threads,
            WorkMetrics metrics) {
        this.messages = messages;
        this.parts = parts;
        this.merges = merges;
        this.concurrency = threads.concurrency();
        this.metrics = metrics;
    }

    void serve() {
        subscription = messages.onItem()
                .transformToUni(this::handle)
                .merge(concurrency)
                .subscribe()
                .with(done -> {}, failure -> LOG.error("Receiving work has ended; restart this worker", failure));
    }

    void stop() {
        if (subscription != null) {
            subscription.cancel();
        }
    }

    private Uni<Void> handle(Message<String> message) {
        return Uni.createFrom()
                .deferred(() -> work(message))
                .onFailure()
                .recoverWithItem(Settlement.Retry::new)
                .invoke(metrics::settled)
                .flatMap(settlement -> settle(message, settlement))
                .onFailure()
                .invoke(t -> LOG.warnf("A message could not be settled and will come again: %s", t.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Settlement> work(Message<String> message) {
        WorkMessage work;
        try {
            work = Wire.readWork(message.getPayload());
        } catch (FreshetException e) {
            return Uni.createFrom().item(new Settlement.GivenUp(String.valueOf(e.getMessage())));
        }
        return switch (work) {
            case WorkMessage.ComputePart m
            when isNew(message) -> parts.attempt(m.run(), new PartIndex(m.part(), m.attempts(), null));
            case WorkMessage.ComputePart m -> parts.attemptAgain(m.run(), m.part());
            case WorkMessage.MergeResults m -> merges.attempt(m.run(), m.generation());
        };
    }

    private static Uni<Void> settle(Message<String> message, Settlement settlement) {
        return switch (settlement) {
            case Settlement.Done s -> acknowledge(message);
            case Settlement.Dropped s -> {
                LOG.debugf("A message is dropped: %s", s.why());
                yield acknowledge(message);
            }
            case Settlement.Retry s -> {
                LOG.warnf("Work is tried again later: %s", s.failure().getMessage());
                yield Uni.createFrom().completionStage(() -> message.nack(s.failure()));
            }
            case Settlement.GivenUp s ->
                Uni.createFrom()
                        .completionStage(() -> message.nack(new Permanent(FailureCode.COMPUTATION_FAILED, s.reason())));
            case Settlement.HandedBack s -> handBack(message);
        };
    }

    private static Uni<Void> acknowledge(Message<String> message) {
        return Uni.createFrom().completionStage(message::ack);
    }

    private static Uni<Void> handBack(Message<String> message) {
        return message.getMetadata(IncomingQueueMetadata.class)
                .map(queue -> queue.makeVisibleAfter(Duration.ZERO))
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    /** Whether nobody had it before, so that what it says of its part is still so. */
    private static boolean isNew(Message<String> message) {
        return message.getMetadata(IncomingQueueMetadata.class)
                .filter(queue -> queue.dequeueCount() > 1)
                .isEmpty();
    }
}
