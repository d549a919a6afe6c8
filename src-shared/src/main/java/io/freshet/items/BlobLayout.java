package io.freshet.items;

import io.freshet.message.WorkMessage;
import io.freshet.run.ItemOutcome.Tally;
import io.freshet.run.ItemSet;
import io.freshet.run.Items;
import io.freshet.run.Run;
import io.freshet.run.WorkItem;
import io.freshet.run.WorkItem.InputBlob;
import io.freshet.run.WorkItem.Part;
import io.freshet.storage.BlobStore;
import io.freshet.storage.BlobStore.Attributes;
import io.freshet.storage.BlobStore.BlobInfo;
import io.freshet.storage.BlobStore.Listing.Detail;
import io.freshet.storage.Listings;
import io.freshet.storage.OpenBlobs;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Inputs and outputs of a step, each in a container of its own, numbered from 0 and named as the original's workers
 * expect. The metadata of an input describes its item only after an attempt has failed.
 */
@Singleton
public final class BlobLayout implements ItemLayout {
    private static final Pattern NAME = Pattern.compile("([^/]+)/(0|[1-9]\\d{0,8})\\.json");
    private static final Tally ONE = new Tally(1, 0);
    private static final Attributes JSON = Attributes.ofType("application/json");

    private final BlobStore inputs;
    private final BlobStore outputs;
    private final String container;
    private final InputSource source;
    private final StepInputs stepInputs;

    public BlobLayout(
            BlobStore runs,
            @Identifier("inputs") BlobStore inputs,
            @Identifier("outputs") BlobStore outputs,
            OpenBlobs existing,
            @ConfigProperty(name = "freshet.storage.output-container") String container) {
        this.inputs = inputs;
        this.outputs = outputs;
        this.container = container;
        this.source = new InputSource(runs);
        this.stepInputs = new StepInputs(inputs, existing);
    }

    /** The item of an output, from its name. */
    public record OutputName(String folder, int item) {}

    /** Empty if the blob is not an output of a step. */
    public static Optional<OutputName> parseOutput(String blob) {
        Matcher name = NAME.matcher(blob);
        return name.matches()
                ? Optional.of(new OutputName(name.group(1), Integer.parseInt(name.group(2))))
                : Optional.empty();
    }

    static String name(String folder, int item) {
        return folder + "/" + item + ".json";
    }

    /** Creates both containers if they do not exist. */
    public Uni<Void> ensureContainers() {
        return inputs.ensureContainer().chain(outputs::ensureContainer);
    }

    /** Where inputs lie. */
    public BlobStore inputs() {
        return inputs;
    }

    /** The input of an item: JSON text. */
    public Uni<String> data(Run run, InputBlob blob) {
        return stepInputs.data(index(run, blob), blob);
    }

    /** Attributes of an output: a short result is included, so that listings return it. */
    public Attributes attributes(String result) {
        return new Attributes(JSON.contentType(), BlobMetadata.ofResult(result));
    }

    /**
     * The result of an item.
     *
     * @param json text; absent if only the output has it
     */
    public record Result(int item, String output, @Nullable String json) {}

    /** All results, in no particular order. */
    public Multi<Result> results(Run run) {
        return Listings.blobs(outputs, folder(run), Detail.WITH_METADATA)
                .onItem()
                .transformToIterable(blob ->
                        parseOutput(blob.name())
                                .map(name -> new Result(name.item(), blob.name(), BlobMetadata.result(blob)))
                                .stream()
                                .toList());
    }

    private static Items.Blobs blobs(Run run) {
        return switch (run.spec().items()) {
            case Items.Blobs blobs -> blobs;
            case Items.Parts parts -> throw new IllegalArgumentException("Run " + run.id() + " is a job");
        };
    }

    private static InputBlob input(WorkItem item) {
        return switch (item) {
            case InputBlob blob -> blob;
            case Part part -> throw new IllegalArgumentException("Part " + part.item() + " is a job's");
        };
    }

    private static String folder(Run run) {
        return blobs(run).folder() + "/";
    }

    @Override
    public String describe(int item) {
        return "input " + item;
    }

    @Override
    public String index(Run run, WorkItem item) {
        return output(run, item.item());
    }

    @Override
    public Map<String, String> metadata(ItemIndex index) {
        return BlobMetadata.of(index);
    }

    @Override
    public BlobStore outputs() {
        return outputs;
    }

    @Override
    public String container() {
        return container;
    }

    @Override
    public String contentType(Tally tally) {
        return JSON.contentType();
    }

    @Override
    public String output(Run run, int item) {
        return name(blobs(run).folder(), item);
    }

    /** Never written: a rejected line fails the item. */
    @Override
    public String errors(Run run, int item) {
        return folder(run) + item + ".errors";
    }

    @Override
    public Tally tally(WorkItem item, String contentType) {
        return ONE;
    }

    @Override
    public WorkMessage message(Run run, ItemIndex index) {
        return new WorkMessage.ComputeItem(run.id(), index.item(), index.attempts());
    }

    /**
     * A missing input was removed by a foreign worker that has finished it, or was never written. An input that is
     * marked as failed may have been finished by a foreign worker meanwhile.
     */
    @Override
    public Uni<Optional<ItemIndex>> find(Run run, WorkItem item) {
        return inputs.describe(index(run, item)).flatMap(found -> {
            ItemIndex index = found.map(blob -> BlobMetadata.index(item, blob)).orElseGet(() -> ItemIndex.open(item));
            return found.isPresent() && index.isOpen()
                    ? Uni.createFrom().item(Optional.of(index))
                    : outputs.describe(output(run, item.item()))
                            .map(done -> done.isPresent() ? Optional.empty() : Optional.of(index));
        });
    }

    @Override
    public Uni<Optional<ItemIndex>> find(Run run, int item) {
        return find(run, blob(run, item));
    }

    private static InputBlob blob(Run run, int item) {
        return new InputBlob(
                item, blobs(run).owner().instance(), name(blobs(run).folder(), item), null);
    }

    @Override
    public Multi<ItemIndex> indexes(Run run) {
        return done(run)
                .onItem()
                .transformToMulti(done -> Listings.blobs(inputs, folder(run), Detail.WITH_METADATA)
                        .onItem()
                        .transformToIterable(blob -> parsed(run, blob))
                        .filter(index -> !done.get(index.item().item())));
    }

    private static List<ItemIndex> parsed(Run run, BlobInfo blob) {
        return parseOutput(blob.name()).map(name -> BlobMetadata.index(blob(run, name.item()), blob)).stream()
                .toList();
    }

    @Override
    public Uni<IndexPage> page(Run run, int most, @Nullable String token) {
        return source.page(blobs(run), most, token);
    }

    /** Items whose messages may have been lost; it is not known which of them workers hold. */
    @Override
    public Multi<ItemIndex> claimable(Run run) {
        ItemSet sent = run.sent();
        ItemSet unsettled =
                sent.minus(run.progress().done()).minus(run.progress().failed());
        return done(run)
                .onItem()
                .transformToMulti(done -> source.all(blobs(run))
                        .select()
                        .first(index -> sent.contains(index.item().item()))
                        .filter(index -> unsettled.contains(index.item().item())
                                && !done.get(index.item().item())))
                .onItem()
                .transformToUniAndConcatenate(index -> find(run, index.item()))
                .onItem()
                .transformToIterable(found -> found.stream().toList())
                .filter(ItemIndex::isOpen);
    }

    /** According to storage, whatever has been reported. */
    private Uni<BitSet> done(Run run) {
        return outputs(run).collect().in(BitSet::new, (done, output) -> done.set(output.item()));
    }

    @Override
    public Uni<ItemIndex> prepare(Run run, ItemIndex index) {
        return written(run, index, stepInputs::write);
    }

    /** Rewriting an input clears its failure and restores it if it is missing. */
    @Override
    public Uni<ItemIndex> reopen(Run run, ItemIndex index) {
        boolean isFirst = run.dispatch().generation() == 1;
        return written(run, ItemIndex.open(index.item()), isFirst ? stepInputs::write : stepInputs::rewrite);
    }

    private Uni<ItemIndex> written(Run run, ItemIndex index, BiFunction<String, InputBlob, Uni<InputBlob>> writing) {
        return stepInputs
                .resolve(blobs(run).source(), input(index.item()))
                .flatMap(blob -> writing.apply(index(run, blob), blob))
                .map(blob -> new ItemIndex(blob, index.attempts(), index.failure()));
    }

    @Override
    public Uni<Void> close(Run run) {
        return Uni.createFrom().voidItem();
    }

    @Override
    public Multi<Output> outputs(Run run) {
        return Listings.blobs(outputs, folder(run), Detail.PLAIN)
                .onItem()
                .transformToIterable(blob ->
                        parseOutput(blob.name())
                                .map(name -> new Output(name.item(), blob.name(), blob.length(), ONE))
                                .stream()
                                .toList());
    }

    @Override
    public Uni<Integer> claimed(Run run, int most) {
        return Uni.createFrom().item(0);
    }
}
