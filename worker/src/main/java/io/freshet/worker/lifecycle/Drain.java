package io.freshet.worker.lifecycle;

import io.freshet.items.ItemLayout;
import io.freshet.items.Layouts;
import io.freshet.message.WorkMessage;
import io.freshet.run.Items;
import io.freshet.run.Run;
import io.freshet.run.RunId;
import io.freshet.run.RunState;
import io.freshet.storage.RunStore;
import io.freshet.worker.WorkerConfig;
import io.freshet.worker.execution.ComputationThreads;
import io.freshet.worker.settlement.Settlement;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * Claims open items directly from storage, without messages, until none is left to claim. Many workers may drain a run
 * concurrently; claims distribute the items among them. So that not every worker tries every item, each takes a
 * {@link Share} of the open ones, and then looks again.
 */
@Singleton
final class Drain {
    private static final Logger LOG = Logger.getLogger(Drain.class);
    private static final Duration SUSPENDED = Duration.ofSeconds(1);
    private static final Uni<Boolean> YES = Uni.createFrom().item(true);
    private static final Uni<Boolean> NO = Uni.createFrom().item(false);

    private final RunStore store;
    private final Layouts layouts;
    private final WorkDispatcher dispatcher;
    private final ComputationThreads threads;
    private final WorkerConfig config;
    private final Random random = new Random();
    private CompletableFuture<?> underWay = CompletableFuture.completedFuture(null);
    private volatile boolean stopping;

    Drain(RunStore store, Layouts layouts, WorkDispatcher dispatcher, ComputationThreads threads, WorkerConfig config) {
        this.store = store;
        this.layouts = layouts;
        this.dispatcher = dispatcher;
        this.threads = threads;
        this.config = config;
    }

    /** Completes with the number of settled items when nothing is left to claim, or after {@link #stop}. */
    Uni<Long> drain() {
        CompletableFuture<Long> end = passes().subscribeAsCompletionStage();
        underWay = end;
        return Uni.createFrom().completionStage(end);
    }

    /** Claims nothing more. Completes when everything in progress is settled or handed back. */
    Uni<Void> stop() {
        stopping = true;
        return Uni.createFrom()
                .completionStage(underWay.copy())
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    /** Whether anything can be claimed, now or once the run is resumed; other workers may hold more. */
    Uni<Boolean> isWorkLeft() {
        return claimable().collect().first().map(Objects::nonNull).flatMap(left -> left ? YES : isSuspended());
    }

    private Uni<Long> passes() {
        AtomicBoolean fruitless = new AtomicBoolean();
        return Multi.createBy()
                .repeating()
                .uni(() -> pass(fruitless.get()).invoke(pass -> fruitless.set(pass.worked() == 0)))
                .whilst(pass -> pass.promisesMore() && !stopping)
                .collect()
                .with(Collectors.summingLong(Pass::worked))
                .invoke(total -> LOG.infof(
                        "%s; worked on %d items", stopping ? "Stopped on request" : "Nothing is left to claim", total));
    }

    /** @param fruitless nothing of the last share could be claimed: everything is tried */
    private Uni<Pass> pass(boolean fruitless) {
        Multi<WorkMessage> open = claimable();
        Uni<Share> share = fruitless
                ? Uni.createFrom().item(new Share(open, true))
                : open.select().first(Share.SEEN).collect().asList().map(this::share);
        return share.flatMap(this::pass);
    }

    private Share share(List<WorkMessage> open) {
        return Share.of(open, threads.concurrency(), random);
    }

    private Uni<Pass> pass(Share share) {
        return Uni.createFrom()
                .<Long>emitter(end -> share.messages()
                        .select()
                        .first(message -> !stopping)
                        .subscribe()
                        .withSubscriber(slots(end)))
                .flatMap(worked -> worked > 0 || !share.isAll()
                        ? Uni.createFrom().item(new Pass(worked, true))
                        : afterSuspension());
    }

    /** The emitter is told how many of the items were worked on. */
    private Slots<WorkMessage> slots(UniEmitter<? super Long> emitter) {
        AtomicLong worked = new AtomicLong();
        Slots.Handler<WorkMessage> handler = (message, done) -> dispatcher
                .work(message, 1)
                .invoke(settlement -> worked.addAndGet(isWork(settlement) ? 1 : 0))
                .onTermination()
                .invoke(done)
                .subscribe()
                .with(settlement -> {});
        return new Slots<>(threads, handler, new Slots.End() {
            @Override
            public void reached() {
                emitter.complete(worked.get());
            }

            @Override
            public void failed(Throwable failure) {
                emitter.fail(failure);
            }
        });
    }

    /** To a Job, a pod that ends has finished the work; so a pod of a suspended run stays until it is told to stop. */
    private Uni<Pass> afterSuspension() {
        return isSuspended()
                .flatMap(suspended -> suspended && !stopping
                        ? Uni.createFrom()
                                .item(new Pass(0, true))
                                .onItem()
                                .delayIt()
                                .by(SUSPENDED)
                        : Uni.createFrom().item(new Pass(0, false)));
    }

    /** Whether the only run that is wanted is suspended. */
    private Uni<Boolean> isSuspended() {
        return config.runId()
                .map(id -> store.find(RunId.parse(id))
                        .map(run -> run.filter(r -> r.state() instanceof RunState.Suspended)
                                .isPresent()))
                .orElse(NO);
    }

    private Multi<WorkMessage> claimable() {
        return wanted().onItem()
                .transformToUniAndConcatenate(store::find)
                .onItem()
                .transformToMultiAndConcatenate(run ->
                        run.map(this::work).orElseGet(() -> Multi.createFrom().empty()));
    }

    private Multi<RunId> wanted() {
        return config.runId()
                .map(id -> Multi.createFrom().item(RunId.parse(id)))
                .orElseGet(store::active);
    }

    /** What a watcher would send for the run now. */
    private Multi<WorkMessage> work(Run run) {
        if (run.acceptsMerge()) {
            return Multi.createFrom()
                    .item(new WorkMessage.MergeResults(run.id(), run.dispatch().generation()));
        }
        ItemLayout layout = layouts.of(run);
        return run.acceptsWork() && isClaimable(run)
                ? layout.claimable(run).map(index -> layout.message(run, index))
                : Multi.createFrom().empty();
    }

    /**
     * Items of a step are claimed by their messages only: without one, every draining pod would compute all of them.
     */
    private static boolean isClaimable(Run run) {
        return switch (run.spec().items()) {
            case Items.Parts parts -> true;
            case Items.Blobs blobs -> false;
        };
    }

    private static boolean isWork(Settlement settlement) {
        return !(settlement instanceof Settlement.Dropped);
    }

    /**
     * The outcome of one look at storage.
     *
     * @param promisesMore whether another look may find something to claim
     */
    private record Pass(long worked, boolean promisesMore) {}
}
