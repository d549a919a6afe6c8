package io.freshet.worker.lifecycle;

import io.freshet.failure.FailureCode;
import io.freshet.failure.FreshetException;
import io.freshet.failure.Permanent;
import io.freshet.failure.Transient;
import io.freshet.message.MessageCodec;
import io.freshet.message.WorkMessage;
import io.freshet.queue.HeldWork;
import io.freshet.worker.execution.ComputationThreads;
import io.freshet.worker.settlement.Settlement;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.Optional;

/** Receives as many messages as items can be computed concurrently, and settles each. */
@Singleton
final class WorkConsumer {
    private static final Logger LOG = Logger.getLogger(WorkConsumer.class);

    private final Multi<Message<String>> messages;
    private final WorkDispatcher dispatcher;
    private final Slots<Message<String>> slots;

    WorkConsumer(
            @Channel("work") Multi<Message<String>> messages, WorkDispatcher dispatcher, ComputationThreads threads) {
        this.messages = messages;
        this.dispatcher = dispatcher;
        this.slots = new Slots<>(threads, this::handle, new Broken());
    }

    /** A queue has no end. */
    private static final class Broken implements Slots.End {
        @Override
        public void reached() {}

        @Override
        public void failed(Throwable failure) {
            LOG.error("No more work is received; restart this worker", failure);
        }
    }

    void serve() {
        messages.subscribe().withSubscriber(slots);
    }

    void stop() {
        slots.stop();
    }

    private void handle(Message<String> message, Runnable done) {
        Uni.createFrom()
                .deferred(() -> work(message))
                .onFailure()
                .recoverWithItem(Settlement.Retry::new)
                .flatMap(settlement -> settle(message, settlement))
                .onFailure()
                .invoke(t -> LOG.warnf("Could not settle a message; it will be delivered again: %s", t.getMessage()))
                .onTermination()
                .invoke(done)
                .subscribe()
                .with(settled -> {}, failure -> {});
    }

    private Uni<Settlement> work(Message<String> message) {
        WorkMessage work;
        try {
            work = MessageCodec.readWork(message.getPayload());
        } catch (FreshetException e) {
            return Uni.createFrom().item(new Settlement.GivenUp(String.valueOf(e.getMessage())));
        }
        return dispatcher.work(work, received(message));
    }

    private static Uni<Void> settle(Message<String> message, Settlement settlement) {
        return switch (settlement) {
            case Settlement.Done s -> acknowledge(message);
            case Settlement.Dropped s -> {
                LOG.debugf("Dropped a message: %s", s.why());
                yield acknowledge(message);
            }
            case Settlement.Retry s -> {
                LOG.warnf(
                        "An attempt failed and will be retried: %s", s.failure().getMessage());
                yield Uni.createFrom().completionStage(() -> message.nack(again(s.failure())));
            }
            case Settlement.GivenUp s ->
                Uni.createFrom()
                        .completionStage(() -> message.nack(new Permanent(FailureCode.COMPUTATION_FAILED, s.reason())));
            case Settlement.HandedBack s -> handBack(message);
        };
    }

    /** The queue would treat a permanent failure as one of the message and poison it. */
    private static Throwable again(Throwable failure) {
        return failure instanceof Permanent permanent
                ? new Transient(permanent.code(), String.valueOf(permanent.getMessage()), permanent)
                : failure;
    }

    private static Uni<Void> acknowledge(Message<String> message) {
        return Uni.createFrom().completionStage(message::ack);
    }

    private static Uni<Void> handBack(Message<String> message) {
        return held(message)
                .map(held -> held.makeVisibleAfter(Duration.ZERO))
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    private static long received(Message<String> message) {
        return held(message).map(HeldWork::dequeueCount).orElse(1L);
    }

    private static Optional<HeldWork> held(Message<String> message) {
        for (Object metadata : message.getMetadata()) {
            if (metadata instanceof HeldWork held) {
                return Optional.of(held);
            }
        }
        return Optional.empty();
    }
}
