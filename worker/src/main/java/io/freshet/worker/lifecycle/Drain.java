package io.freshet.worker.lifecycle;

import io.freshet.items.ItemLayout;
import io.freshet.items.Layouts;
import io.freshet.message.WorkMessage;
import io.freshet.run.Items;
import io.freshet.run.Run;
import io.freshet.run.RunId;
import io.freshet.storage.RunStore;
import io.freshet.worker.claim.WorkerConfig;
import io.freshet.worker.execution.ComputationThreads;
import io.freshet.worker.settlement.Settlement;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Drains: claims open items straight from storage, without messages, until there is none left to claim. Many drain one
 * run at once; the claims share the items out among them. So that not all try for each, every one takes a {@link Share}
 * of what is open, and then looks again.
 */
@Singleton
final class Drain {
    private static final Logger LOG = Logger.getLogger(Drain.class);

    private final RunStore store;
    private final Layouts layouts;
    private final WorkDispatcher dispatcher;
    private final ComputationThreads threads;
    private final WorkerConfig config;
    private final RandomGenerator random = RandomGenerator.getDefault();
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

    /** Takes up nothing more. Completes when what is in work is settled, handed back included. */
    Uni<Void> stop() {
        stopping = true;
        return Uni.createFrom()
                .completionStage(underWay.copy())
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    /** Whether there is something to claim; others may hold more. */
    Uni<Boolean> isWorkLeft() {
        return claimable().collect().first().map(Objects::nonNull);
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
                        "%s; %d items were worked on", stopping ? "Told to stop" : "Nothing is left to claim", total));
    }

    /** @param fruitless nothing of a share was to be had: everything is tried */
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
        return share.messages()
                .select()
                .first(message -> !stopping)
                .onItem()
                .transformToUni(message -> dispatcher.work(message, 1))
                .merge(threads.concurrency())
                .filter(Drain::isWork)
                .collect()
                .with(Collectors.counting())
                .map(worked -> new Pass(worked, share.isAll()));
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

    /** An item of a step is claimed by its message alone: without one, every pod that drains would compute all of them. */
    private static boolean isClaimable(Run run) {
        return switch (run.spec().items()) {
            case Items.Parts parts -> true;
            case Items.Blobs blobs -> false;
        };
    }

    private static boolean isWork(Settlement settlement) {
        return !(settlement instanceof Settlement.Dropped);
    }

    /** What came of one look at storage. */
    private record Pass(long worked, boolean all) {
        boolean promisesMore() {
            return worked > 0 || !all;
        }
    }
}
