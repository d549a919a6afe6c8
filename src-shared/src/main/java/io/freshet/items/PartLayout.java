package io.freshet.items;

import io.freshet.message.WorkMessage;
import io.freshet.run.ItemOutcome.Tally;
import io.freshet.run.Run;
import io.freshet.run.RunId;
import io.freshet.run.RunState;
import io.freshet.run.WorkItem;
import io.freshet.run.WorkItem.InputBlob;
import io.freshet.run.WorkItem.Part;
import io.freshet.storage.BlobStore;
import io.freshet.storage.BlobStore.Attributes;
import io.freshet.storage.BlobStore.BlobInfo;
import io.freshet.storage.BlobStore.Condition;
import io.freshet.storage.BlobStore.Listing;
import io.freshet.storage.BlobStore.Listing.Detail;
import io.freshet.storage.Listings;
import io.freshet.storage.RunFiles;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parts of a job, in the run's own folder. Names are those of the original job scheduler and count from 1. */
@Singleton
public final class PartLayout implements ItemLayout {
    private static final Pattern OUTPUT = Pattern.compile("(.*/)output_([1-9]\\d{0,8})\\.json");
    private static final int AT_ONCE = 16;

    private final BlobStore blobs;
    private final String container;

    public PartLayout(BlobStore blobs, @ConfigProperty(name = "freshet.storage.container") String container) {
        this.blobs = blobs;
        this.container = container;
    }

    /** The run and item of an output, from its name. */
    public record OutputName(RunId run, int item) {}

    /** Empty if the blob is not the output of a part. */
    public static Optional<OutputName> parseOutput(String blob) {
        Matcher name = OUTPUT.matcher(blob);
        return name.matches()
                ? RunFiles.parseFolder(name.group(1))
                        .map(run -> new OutputName(run, Integer.parseInt(name.group(2)) - 1))
                : Optional.empty();
    }

    /** Name of a part's index blob. */
    public static String indexName(RunId run, Part part) {
        return PartIndex.name(RunFiles.folder(run), part);
    }

    /** Name of an item's output. */
    public static String outputName(RunId run, int item) {
        return RunFiles.folder(run) + "output_" + (item + 1) + ".json";
    }

    /** Name of the blob with the rejected lines of an item. */
    public static String errorsName(RunId run, int item) {
        return errorsNames(run) + (item + 1) + ".json";
    }

    /** Common prefix of the names of all blobs with rejected lines. */
    public static String errorsNames(RunId run) {
        return RunFiles.folder(run) + "errors_";
    }

    /** Creates the index blob of a part, which can be claimed from then on. */
    public Uni<Void> open(RunId run, Part part) {
        Attributes attributes = new Attributes("text/plain", PartIndex.metadata(part, ItemIndex.open(part)));
        return blobs.put(indexName(run, part), List.of(), attributes, Condition.ALWAYS)
                .replaceWithVoid();
    }

    private static Part part(WorkItem item) {
        return switch (item) {
            case Part part -> part;
            case InputBlob blob -> throw new IllegalArgumentException("Not a part of a job: " + blob.path());
        };
    }

    @Override
    public String describe(int item) {
        return "part " + (item + 1);
    }

    @Override
    public String index(Run run, WorkItem item) {
        return indexName(run.id(), part(item));
    }

    @Override
    public Map<String, String> metadata(ItemIndex index) {
        return PartIndex.metadata(part(index.item()), index);
    }

    @Override
    public BlobStore outputs() {
        return blobs;
    }

    @Override
    public String container() {
        return container;
    }

    @Override
    public String contentType(Tally tally) {
        return OutputType.of(tally);
    }

    @Override
    public String output(Run run, int item) {
        return outputName(run.id(), item);
    }

    @Override
    public String errors(Run run, int item) {
        return errorsName(run.id(), item);
    }

    @Override
    public Tally tally(WorkItem item, String contentType) {
        return OutputType.read(contentType).orElseGet(() -> new Tally(part(item).lines(), 0));
    }

    @Override
    public WorkMessage message(Run run, ItemIndex index) {
        return new WorkMessage.ComputeItem(run.id(), index.item(), index.attempts());
    }

    @Override
    public Uni<Optional<ItemIndex>> find(Run run, WorkItem item) {
        return blobs.describe(index(run, item)).map(found -> found.map(PartIndex::read));
    }

    @Override
    public Uni<Optional<ItemIndex>> find(Run run, int item) {
        return read(PartIndex.ofItem(RunFiles.folder(run.id()), item)).toUni().map(Optional::ofNullable);
    }

    @Override
    public Multi<ItemIndex> indexes(Run run) {
        return read(PartIndex.all(RunFiles.folder(run.id())));
    }

    private Multi<ItemIndex> read(String prefix) {
        return Listings.blobs(blobs, prefix, Detail.WITH_METADATA).onItem().transformToIterable(PartLayout::parsed);
    }

    private static List<ItemIndex> parsed(BlobInfo blob) {
        ItemIndex index = PartIndex.read(blob);
        return index == null ? List.of() : List.of(index);
    }

    @Override
    public Uni<IndexPage> page(Run run, int most, @Nullable String token) {
        return blobs.list(PartIndex.all(RunFiles.folder(run.id())), new Listing(most, token, Detail.WITH_METADATA))
                .map(page -> new IndexPage(
                        page.entries().stream()
                                .flatMap(blob -> parsed(blob).stream())
                                .toList(),
                        page.next()));
    }

    @Override
    public Multi<ItemIndex> claimable(Run run) {
        return all(run).filter(blob -> !blob.leased())
                .onItem()
                .transformToIterable(PartLayout::parsed)
                .filter(ItemIndex::isOpen);
    }

    private Multi<BlobInfo> all(Run run) {
        return Listings.blobs(blobs, PartIndex.all(RunFiles.folder(run.id())), Detail.WITH_METADATA);
    }

    @Override
    public Uni<ItemIndex> prepare(Run run, ItemIndex index) {
        return Uni.createFrom().item(index);
    }

    @Override
    public Uni<ItemIndex> reopen(Run run, ItemIndex index) {
        ItemIndex open = ItemIndex.open(index.item());
        return index.isOpen()
                ? Uni.createFrom().item(index)
                : blobs.setMetadata(index(run, open.item()), metadata(open), null)
                        .replaceWith(open);
    }

    @Override
    public Uni<Void> close(Run run) {
        return all(run).filter(blob -> !isKept(run, blob))
                .onItem()
                .transformToUni(blob -> blobs.breakLease(blob.name()).chain(() -> blobs.delete(blob.name(), null)))
                .merge(AT_ONCE)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private static boolean isKept(Run run, BlobInfo blob) {
        ItemIndex index = PartIndex.read(blob);
        return run.state() instanceof RunState.Repeatable
                && index != null
                && run.progress().failed().contains(index.item().item());
    }

    @Override
    public Multi<Output> outputs(Run run) {
        return Listings.blobs(blobs, RunFiles.folder(run.id()) + "output_", Detail.PLAIN)
                .onItem()
                .transformToIterable(blob -> output(blob).stream().toList());
    }

    private static Optional<Output> output(BlobInfo blob) {
        return parseOutput(blob.name())
                .map(name -> new Output(
                        name.item(),
                        blob.name(),
                        blob.length(),
                        OutputType.read(blob.contentType()).orElse(Tally.NONE)));
    }

    @Override
    public Uni<Integer> claimed(Run run, int most) {
        return blobs.list(PartIndex.all(RunFiles.folder(run.id())), new Listing(most, null, Detail.PLAIN))
                .map(page ->
                        (int) page.entries().stream().filter(BlobInfo::leased).count());
    }
}
