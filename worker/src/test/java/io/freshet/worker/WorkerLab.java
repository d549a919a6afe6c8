package io.freshet.worker;

import io.freshet.items.BlobLayout;
import io.freshet.items.ItemIndex;
import io.freshet.items.Layouts;
import io.freshet.items.PartLayout;
import io.freshet.message.ControlMessage;
import io.freshet.message.MessageCodec;
import io.freshet.message.WorkMessage.ComputeItem;
import io.freshet.run.Items;
import io.freshet.run.Items.RunInput;
import io.freshet.run.Run;
import io.freshet.run.RunSpec;
import io.freshet.run.SampleRuns;
import io.freshet.run.WorkItem.Part;
import io.freshet.storage.BlobStore;
import io.freshet.storage.BlobStore.Attributes;
import io.freshet.storage.BlobStore.Condition;
import io.freshet.storage.RunFiles;
import io.freshet.storage.RunStore;
import io.freshet.testing.InMemoryBlobStore;
import io.freshet.testing.MemoryOpenBlobs;
import io.freshet.testing.Patience;
import io.freshet.worker.claim.ClaimLab;
import io.freshet.worker.claim.Claims;
import io.freshet.worker.claim.Runs;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A worker's surroundings in memory: storage, one running run of {@value #PARTS} parts of one line, what is told. */
public final class WorkerLab implements AutoCloseable {
    public static final int PARTS = 3;
    public static final int ATTEMPTS = 3;
    public static final Clock CLOCK = SampleRuns.at(100);
    public static final String INPUT = "line 1\nline 2\nline 3\n";
    private static final int LINE = 7;

    /** What nobody interferes with. */
    public final BlobStore storage = new InMemoryBlobStore(CLOCK);

    /** Storage as the worker sees it. */
    public final BlobStore blobs = failing(storage);

    public final RunStore store = new RunStore(blobs);
    public final PartLayout layout = new PartLayout(blobs, "jobs");
    public final BlobStore inputs = new InMemoryBlobStore(CLOCK);
    public final BlobStore outputs = new InMemoryBlobStore(CLOCK);
    final MemoryOpenBlobs existing = new MemoryOpenBlobs();
    public final BlobLayout blobLayout = new BlobLayout(blobs, inputs, outputs, existing, "output");
    public final Layouts layouts = new Layouts(layout, blobLayout);
    public final Runs runs = new Runs(store, CLOCK);
    public final ClaimLab claiming = new ClaimLab(blobs);

    /** Everything that the watcher was told. */
    public final List<ControlMessage> told = new ArrayList<>();

    private final Map<String, Throwable> failures = new HashMap<>();
    public final Run run;

    public WorkerLab() {
        String etag = put("input.json", INPUT);
        Items parts = new Items.Parts(new RunInput.Uploaded(etag), 1, PARTS, INPUT.length());
        RunSpec.Placement placement = new RunSpec.Placement(2, RunSpec.Burst.BY_SIZE, null, 0);
        RunSpec spec = new RunSpec("test", parts, null, placement, null);
        run = Run.submitted(SampleRuns.ID, spec, SampleRuns.SUBMITTED).start(SampleRuns.at(10));
        now(store.markActive(run.id()));
        now(store.create(run));
        for (int item = 0; item < PARTS; item++) {
            now(layout.open(run.id(), part(item)));
        }
    }

    public static <T> T now(Uni<T> action) {
        return action.await().atMost(Patience.LIMIT);
    }

    /** Each call of this method of the store fails from now on. */
    public void fail(String method, Throwable failure) {
        failures.put(method, failure);
    }

    public Claims claims() {
        return claiming.claims();
    }

    public static WorkerConfig config(String... settings) {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                .withMapping(WorkerConfig.class)
                .withDefaultValue("freshet.worker.max-dequeue-count", Integer.toString(ATTEMPTS))
                .withDefaultValue("freshet.worker.concurrency", "2");
        for (int i = 0; i < settings.length; i += 2) {
            builder.withDefaultValue(settings[i], settings[i + 1]);
        }
        return builder.build().getConfigMapping(WorkerConfig.class);
    }

    public static Part part(int item) {
        return new Part(item, (long) item * LINE, LINE, item + 1, 1);
    }

    public ComputeItem message(int item) {
        return new ComputeItem(run.id(), part(item), 0);
    }

    /** What storage says of an item; null if it has no index. */
    public ItemIndex index(int item) {
        return now(layout.find(run, item)).orElse(null);
    }

    public void record(ItemIndex index) {
        now(storage.setMetadata(layout.index(run, index.item()), layout.metadata(index), null));
    }

    public Run change(UnaryOperator<Run> change) {
        return now(store.update(run.id(), change));
    }

    /** Gives the ETag. */
    public String put(String file, String text) {
        return now(storage.put(
                        name(file),
                        List.of(StandardCharsets.UTF_8.encode(text)),
                        Attributes.ofType("application/x-ndjson; lines=1; rejected=0"),
                        Condition.ALWAYS))
                .etag()
                .orElseThrow();
    }

    public static String name(String file) {
        return RunFiles.folder(SampleRuns.ID) + file;
    }

    public boolean exists(String file) {
        return now(storage.describe(name(file))).isPresent();
    }

    public String text(String file) {
        return new String(now(storage.read(name(file))).orElseThrow().bytes(), StandardCharsets.UTF_8);
    }

    /** Keeps what is sent to the watcher. */
    @SuppressWarnings("unchecked")
    public MutinyEmitter<String> control() {
        return (MutinyEmitter<String>) Proxy.newProxyInstance(
                MutinyEmitter.class.getClassLoader(),
                new Class<?>[] {MutinyEmitter.class},
                (proxy, method, arguments) -> {
                    told.add(MessageCodec.readControl((String) arguments[0]));
                    return Uni.createFrom().voidItem();
                });
    }

    private BlobStore failing(BlobStore store) {
        return (BlobStore) Proxy.newProxyInstance(
                BlobStore.class.getClassLoader(), new Class<?>[] {BlobStore.class}, (proxy, method, arguments) -> {
                    Throwable failure = failures.get(method.getName());
                    if (failure != null) {
                        return Uni.createFrom().failure(failure);
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Override
    public void close() {
        claiming.close();
    }
}
