package io.freshet.gateway.api;

import io.freshet.items.PartLayout;
import io.freshet.message.ControlMessage;
import io.freshet.message.MessageCodec;
import io.freshet.run.Items;
import io.freshet.run.Run;
import io.freshet.run.RunId;
import io.freshet.run.WorkItem.Part;
import io.freshet.storage.BlobStore;
import io.freshet.storage.BlobStore.Attributes;
import io.freshet.storage.BlobStore.BlobInfo;
import io.freshet.storage.BlobStore.Condition;
import io.freshet.storage.BlobStore.Listing;
import io.freshet.storage.Listings;
import io.freshet.storage.RunStore;
import io.freshet.testing.Patience;
import io.freshet.testing.StorageProbe;
import io.freshet.testing.StorageUnderTest;
import io.smallrye.mutiny.Uni;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A look into storage behind the gateway's back. */
final class Lab {
    private final RunStore store;
    private final BlobStore blobs;
    private final StorageUnderTest storage;
    private final List<RunId> announced = new ArrayList<>();

    Lab(StorageUnderTest storage) {
        this.storage = storage;
        this.blobs = storage.blobs();
        this.store = new RunStore(blobs);
    }

    static <T> T now(Uni<T> action) {
        return action.await().atMost(Patience.LIMIT);
    }

    RunStore store() {
        return store;
    }

    BlobStore blobs() {
        return blobs;
    }

    StorageProbe probe() {
        return storage.probe();
    }

    String container() {
        return storage.container();
    }

    Run run(String id) {
        return find(id).orElseThrow(() -> new AssertionError("Run " + id + " is not in storage"));
    }

    Optional<Run> find(String id) {
        return now(store.find(RunId.parse(id)));
    }

    boolean exists(String blob) {
        return now(blobs.describe(blob)).isPresent();
    }

    byte[] bytes(String blob) {
        return now(blobs.read(blob))
                .orElseThrow(() -> new AssertionError(blob + " is not there"))
                .bytes();
    }

    void put(String blob, String text) {
        put(blob, text.getBytes(StandardCharsets.UTF_8));
    }

    void put(String blob, byte[] content) {
        now(blobs.put(blob, List.of(ByteBuffer.wrap(content)), Attributes.ofType("text/plain"), Condition.ALWAYS));
    }

    /** The parts that the run's index blobs speak of, in order. */
    List<Part> parts(String id) {
        return now(new PartLayout(blobs, "jobs")
                        .indexes(run(id))
                        .map(index -> (Part) index.item())
                        .collect()
                        .asList())
                .stream()
                .sorted(Comparator.comparingInt(Part::item))
                .toList();
    }

    /** What the run's parts are cut out of. */
    static Items.Parts parts(Run run) {
        return (Items.Parts) run.spec().items();
    }

    List<BlobInfo> blobs(String prefix, Listing.Detail detail) {
        return now(Listings.blobs(blobs, prefix, detail).collect().asList());
    }

    List<String> names(String prefix) {
        return blobs(prefix, Listing.Detail.WITH_UNCOMMITTED).stream()
                .map(BlobInfo::name)
                .toList();
    }

    /** Folders of all runs and uploads, whatever became of them. */
    List<String> folders() {
        return now(Listings.folders(blobs, "")
                .filter(month -> month.matches("\\d{4}-\\d{2}/"))
                .onItem()
                .transformToMultiAndConcatenate(month -> Listings.folders(blobs, month))
                .collect()
                .asList());
    }

    /** How often the watcher was told to look at this run. */
    synchronized long announcements(String id) {
        probe().drain(storage.queue("control")).forEach(text -> {
            if (MessageCodec.readControl(text) instanceof ControlMessage.RunChanged changed) {
                announced.add(changed.run());
            }
        });
        return announced.stream().filter(run -> run.toString().equals(id)).count();
    }
}
