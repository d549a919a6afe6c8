package io.freshet.watcher.reconcile;

import io.freshet.coordination.Reduction;
import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;
import io.freshet.items.BlobLayout;
import io.freshet.items.ItemIndex;
import io.freshet.items.Layouts;
import io.freshet.items.OutputType;
import io.freshet.items.PartLayout;
import io.freshet.items.ResultsBlocks;
import io.freshet.message.WorkMessage;
import io.freshet.orchestration.ComputeOrchestrator;
import io.freshet.orchestration.Orchestrations;
import io.freshet.run.ItemOutcome;
import io.freshet.run.ItemOutcome.Tally;
import io.freshet.run.Run;
import io.freshet.run.RunId;
import io.freshet.run.SampleRuns;
import io.freshet.run.WorkItem.Part;
import io.freshet.storage.BlobStore;
import io.freshet.storage.BlobStore.Attributes;
import io.freshet.storage.BlobStore.BlobInfo;
import io.freshet.storage.BlobStore.Condition;
import io.freshet.storage.BlobStore.Listing;
import io.freshet.storage.BlobStore.Listing.Detail;
import io.freshet.storage.InputSecrets;
import io.freshet.storage.RunFiles;
import io.freshet.storage.RunStore;
import io.freshet.testing.InMemoryBlobStore;
import io.freshet.testing.MemoryOpenBlobs;
import io.freshet.testing.MovableClock;
import io.freshet.testing.Patience;
import io.freshet.watcher.instances.TwoSteps;
import io.freshet.watcher.reconcile.Step.Next;
import io.smallrye.mutiny.Uni;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Storage in memory, a queue that is a list, and time that stands still. */
final class Lab {
    static final Duration INTERVAL = Duration.ofSeconds(30);
    private static final int LINES = 10;

    final MovableClock clock = new MovableClock(SampleRuns.SUBMITTED.plusSeconds(100));
    /** What storage was asked for, by the names of the port's methods. */
    final List<String> calls = Collections.synchronizedList(new ArrayList<>());

    /** How often the run's document was written. */
    final AtomicInteger writes = new AtomicInteger();

    final AtomicInteger numbers = new AtomicInteger();
    /** What goes wrong with storage, if anything does. */
    final Mishap mishap = new Mishap();

    final BlobStore blobs = recorded(mishap.in(new InMemoryBlobStore(clock)));
    final BlobStore inputs = mishap.in(new InMemoryBlobStore(clock));
    final BlobStore outputs = mishap.in(new InMemoryBlobStore(clock));
    final Orchestrations orchestrations = new Orchestrations(List.of(new ComputeOrchestrator(), new TwoSteps()));
    final MemoryOpenBlobs existing = new MemoryOpenBlobs();
    final BlobLayout steps = new BlobLayout(blobs, inputs, outputs, existing, "output");
    final Layouts layouts = new Layouts(new PartLayout(blobs, "jobs"), steps);
    final RunStore store = new RunStore(blobs);
    final InputSecrets secrets = new InputSecrets(blobs);
    final Queue queue = new Queue();
    final List<Run> reported = new ArrayList<>();
    /** Whom the end of a run is told. */
    EndReport reader = run -> Uni.createFrom().voidItem();

    final List<Runnable> timers = new ArrayList<>();
    final StallDetector stalls = new StallDetector(INTERVAL, this::nanos);
    final UnsentItems unsent = new UnsentItems(layouts);
    /** None, unless a test says so. */
    final FakeBurstJobs jobs = new FakeBurstJobs();

    final BurstRoom room = new BurstRoom(this::nanos);
    final BurstsConfig bursts = new Bursts();
    final BurstWaits waits = new BurstWaits(bursts.startTimeout(), this::nanos);
    int mostBlocks = 50_000;

    /** False: the service answers 501 to copies. */
    boolean canCopy = true;

    Config config = new Config(512, Optional.empty());

    /** Messages that were sent. */
    static final class Queue implements WorkQueue {
        final List<WorkMessage> sent = new ArrayList<>();
        Optional<Integer> depth = Optional.empty();
        /** After so many messages sending fails, as if the process had died. */
        int breaksAfter = Integer.MAX_VALUE;

        @Override
        public Uni<Void> send(WorkMessage message) {
            return Uni.createFrom().item(() -> {
                if (sent.size() >= breaksAfter) {
                    throw new IllegalStateException("the queue is away");
                }
                sent.add(message);
                return null;
            });
        }

        @Override
        public Uni<Integer> depth(Run run) {
            return Uni.createFrom().item(depth.orElse(sent.size()));
        }

        List<Integer> parts() {
            return sent.stream()
                    .filter(WorkMessage.ComputeItem.class::isInstance)
                    .map(m -> ((WorkMessage.ComputeItem) m).item().item() + 1)
                    .toList();
        }
    }

    record Config(int dispatchWindow, Optional<Duration> retention) implements WatcherConfig {
        @Override
        public Duration reconcileInterval() {
            return INTERVAL;
        }

        @Override
        public Duration abandonedAfter() {
            return Duration.ofHours(24);
        }

        @Override
        public Duration grace() {
            return Duration.ofSeconds(1);
        }
    }

    record Bursts() implements BurstsConfig {
        @Override
        public Enabled enabled() {
            return Enabled.ON;
        }

        @Override
        public int trigger() {
            return 6;
        }

        @Override
        public int maxParallelism() {
            return 4;
        }

        @Override
        public Nodes nodes() {
            return Nodes.V1;
        }

        @Override
        public Duration startTimeout() {
            return Duration.ofSeconds(60);
        }
    }

    /** Since the run was submitted. */
    long nanos() {
        return Duration.between(SampleRuns.SUBMITTED, clock.instant()).toNanos();
    }

    void window(int messages) {
        config = new Config(messages, Optional.empty());
    }

    /** A run of so many open parts, released and marked. */
    Run submitted(int parts) {
        Run run = SampleRuns.pending(parts);
        IntStream.range(0, parts).forEach(item -> index(run, ItemIndex.open(part(item))));
        now(store.markActive(run.id()));
        now(store.create(run));
        return run;
    }

    Run running(int parts) {
        submitted(parts);
        return change(run -> run.start(clock));
    }

    static Part part(int item) {
        return new Part(item, 100L * item, 100, 1 + (long) LINES * item, LINES);
    }

    void index(Run run, ItemIndex index) {
        Attributes attributes = new Attributes("text/plain", layouts.of(run).metadata(index));
        now(blobs.put(layouts.of(run).index(run, index.item()), List.of(), attributes, Condition.ALWAYS));
    }

    /** Common beginning of the names of all index blobs. */
    static String indexes(RunId run) {
        return RunFiles.folder(run) + "ctrl_input_";
    }

    static String output(int item) {
        return "line of item " + item + "\n";
    }

    /** A worker has committed the output and struck off the part; nobody was told. */
    void worked(Run run, int item) {
        String type = OutputType.of(new Tally(LINES, 0));
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(output(item));
        now(blobs.put(
                PartLayout.outputName(run.id(), item), List.of(bytes), Attributes.ofType(type), Condition.ALWAYS));
        now(blobs.delete(PartLayout.indexName(run.id(), part(item)), null));
    }

    /** Worked, and told. */
    Run done(Run run, int... items) {
        List<ItemOutcome> outcomes = new ArrayList<>();
        for (int item : items) {
            worked(run, item);
            outcomes.add(SampleRuns.done(item));
        }
        return change(r -> r.apply(outcomes, clock));
    }

    Run change(UnaryOperator<Run> change) {
        return now(store.update(SampleRuns.ID, change));
    }

    Run stored() {
        return find().orElseThrow();
    }

    Optional<Run> find() {
        return now(store.find(SampleRuns.ID));
    }

    boolean exists(String blob) {
        return now(blobs.describe(blob)).isPresent();
    }

    List<String> names(String prefix) {
        return now(blobs.list(prefix, Listing.of(Detail.PLAIN))).entries().stream()
                .map(BlobInfo::name)
                .toList();
    }

    boolean isMarked(RunId run) {
        return exists(RunFiles.active(run));
    }

    DispatchStep dispatch() {
        return new DispatchStep(layouts, store, queue, unsent, clock, config);
    }

    RepeatStep repeat() {
        return new RepeatStep(layouts, store, queue, clock, stalls);
    }

    OutcomesStep outcomes() {
        return new OutcomesStep(layouts, store, clock, stalls);
    }

    FinalizeStep finish() {
        return new FinalizeStep(
                blobs, store, new MergeOrders(queue, jobs, moves(), bursts), clock, stalls, commit(), reduced());
    }

    ResultsCommit commit() {
        return new ResultsCommit(blobs, store, layouts, new ResultsBlocks(blobs, clock), mostBlocks);
    }

    ReducedValue reduced() {
        return new ReducedValue(blobs, new Reduction(steps, orchestrations));
    }

    Removal removal() {
        return new Removal(blobs, store, clock, config);
    }

    BurstMoves moves() {
        return new BurstMoves(store, jobs, room, clock, bursts);
    }

    /** A worker holds the part. */
    void lease(Run run, int item) {
        now(blobs.acquireLease(PartLayout.indexName(run.id(), part(item)), "a worker", Duration.ofSeconds(60)));
    }

    EndReport report() {
        return run -> Uni.createFrom().item(run).invoke(reported::add).chain(reader::publish);
    }

    StepTable table() {
        return new StepTable(
                new PlaceStep(store, jobs, room, clock, bursts),
                new StartStep(store, clock),
                dispatch(),
                outcomes(),
                new SettleStep(store, clock),
                new BurstStep(jobs, moves(), waits, layouts),
                repeat(),
                finish(),
                new EndBurstStep(jobs, moves(), waits),
                new CloseStep(blobs, layouts, secrets),
                new ReportStep(report()),
                new ForgetStep(store, stalls),
                new DeleteStep(removal(), config));
    }

    static Run next(Uni<Next> step) {
        return ((Next.Continue) now(step)).run();
    }

    static <T> T now(Uni<T> call) {
        return call.await().atMost(Patience.LIMIT);
    }

    private BlobStore recorded(BlobStore store) {
        return (BlobStore) Proxy.newProxyInstance(
                BlobStore.class.getClassLoader(), new Class<?>[] {BlobStore.class}, (proxy, method, arguments) -> {
                    calls.add(method.getName());
                    if (method.getName().equals("put") && arguments[0].equals(RunFiles.document(SampleRuns.ID))) {
                        writes.incrementAndGet();
                    }
                    if (!canCopy && method.getName().equals("stageBlockFrom")) {
                        return Uni.createFrom().failure(new Permanent(FailureCode.NOT_SUPPORTED, "501"));
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
