package io.freshet.watcher.reconcile;

import io.freshet.message.WorkMessage;
import io.freshet.run.ItemOutcome;
import io.freshet.run.Part;
import io.freshet.run.Run;
import io.freshet.run.RunId;
import io.freshet.run.RunSize;
import io.freshet.run.SampleRuns;
import io.freshet.storage.BlobStore;
import io.freshet.storage.BlobStore.Attributes;
import io.freshet.storage.BlobStore.BlobInfo;
import io.freshet.storage.BlobStore.Condition;
import io.freshet.storage.BlobStore.Listing;
import io.freshet.storage.BlobStore.Listing.Detail;
import io.freshet.storage.OutputType;
import io.freshet.storage.PartIndex;
import io.freshet.storage.RunFiles;
import io.freshet.storage.RunStore;
import io.freshet.testing.InMemoryBlobStore;
import io.smallrye.mutiny.Uni;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Storage in memory, a queue that is a list, and time that stands still. */
final class Lab {
    static final Duration INTERVAL = Duration.ofSeconds(30);
    private static final int LINES = 10;

    final MovableClock clock = new MovableClock();
    /** What storage was asked for, by the names of the port's methods. */
    final List<String> calls = new ArrayList<>();

    final BlobStore blobs = recorded(new InMemoryBlobStore(clock));
    final RunStore store = new RunStore(blobs);
    final Queue queue = new Queue();
    final List<Run> reported = new ArrayList<>();
    final List<Runnable> timers = new ArrayList<>();
    final StallDetector stalls = new StallDetector(INTERVAL, clock::nanos);
    final UnsentParts unsent = new UnsentParts(blobs);
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
        public Uni<Integer> depth() {
            return Uni.createFrom().item(depth.orElse(sent.size()));
        }

        List<Integer> parts() {
            return sent.stream()
                    .filter(WorkMessage.ComputePart.class::isInstance)
                    .map(m -> ((WorkMessage.ComputePart) m).part().number())
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

    static final class MovableClock extends Clock {
        private Instant now = SampleRuns.SUBMITTED.plusSeconds(100);

        void advance(Duration by) {
            now = now.plus(by);
        }

        long nanos() {
            return Duration.between(SampleRuns.SUBMITTED, now).toNanos();
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    void window(int messages) {
        config = new Config(messages, Optional.empty());
    }

    /** A run of so many open parts, released and marked. */
    Run submitted(int parts) {
        Run run = Run.submitted(
                SampleRuns.ID,
                SampleRuns.spec(),
                new RunSize(parts, (long) parts * LINES, 1_000),
                SampleRuns.SUBMITTED);
        IntStream.range(0, parts).forEach(item -> index(run, PartIndex.open(part(item))));
        now(store.markActive(run.id()));
        now(store.create(run));
        return run;
    }

    Run running(int parts) {
        submitted(parts);
        return change(run -> run.start(clock));
    }

    static Part part(int item) {
        return new Part(item + 1, 100L * item, 100, 1 + (long) LINES * item, LINES);
    }

    void index(Run run, PartIndex index) {
        now(blobs.put(index.name(run.id()), List.of(), index.attributes(), Condition.ALWAYS));
    }

    /** A worker has committed the output and struck off the part; nobody was told. */
    void worked(Run run, int item) {
        String type = new OutputType(LINES, 0).contentType();
        now(blobs.put(RunFiles.output(run.id(), item + 1), List.of(), Attributes.ofType(type), Condition.ALWAYS));
        now(blobs.delete(PartIndex.open(part(item)).name(run.id()), null));
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
        return new DispatchStep(blobs, store, queue, unsent, clock, config);
    }

    RepeatStep repeat() {
        return new RepeatStep(blobs, store, queue, clock, stalls);
    }

    OutcomesStep outcomes() {
        return new OutcomesStep(blobs, store, clock, stalls);
    }

    FinalizeStep finish() {
        return new FinalizeStep(blobs, store, queue, clock, stalls);
    }

    Removal removal() {
        return new Removal(blobs, store, clock, config);
    }

    EndReport report() {
        return run -> Uni.createFrom().item(run).invoke(reported::add).replaceWithVoid();
    }

    StepTable table() {
        return new StepTable(
                new StartStep(store, clock),
                dispatch(),
                outcomes(),
                new SettleStep(store, clock),
                repeat(),
                finish(),
                new CloseStep(blobs),
                new ReportStep(report()),
                new ForgetStep(store, stalls),
                new DeleteStep(removal(), config));
    }

    static Run next(Uni<Next> step) {
        return ((Next.Continue) now(step)).run();
    }

    static <T> T now(Uni<T> call) {
        return call.await().atMost(Duration.ofSeconds(10));
    }

    private BlobStore recorded(BlobStore store) {
        return (BlobStore) Proxy.newProxyInstance(
                BlobStore.class.getClassLoader(), new Class<?>[] {BlobStore.class}, (proxy, method, arguments) -> {
                    calls.add(method.getName());
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
