package io.freshet.items;

import io.freshet.failure.FailureCode;
import io.freshet.failure.FreshetException;
import io.freshet.items.ItemLayout.Output;
import io.freshet.run.Items;
import io.freshet.run.Run;
import io.freshet.run.RunId;
import io.freshet.storage.BlobStore;
import io.freshet.storage.BlobStore.Block;
import io.freshet.storage.RunFiles;
import io.freshet.telemetry.RunLog;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Assembles the results of a run while its items are computed: each output is staged as a block of the results, named
 * after the item, as soon as it is committed. Staged blocks may vanish at any time and are only a head start; what
 * counts is the block list, compared with the outputs.
 */
@Singleton
public final class ResultsBlocks {
    private static final RunLog LOG = RunLog.of(ResultsBlocks.class);

    /** Blocks that a blob can have. */
    private static final int MOST = 50_000;

    /** Bytes that the service copies into one block. */
    private static final long LONGEST = 1L << 30;

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** A service that fails is in trouble, and each item would wait for what is only a head start. */
    private static final Duration PAUSE = Duration.ofSeconds(30);

    private final BlobStore blobs;
    private final Clock clock;
    private volatile Instant pausedUntil = Instant.MIN;

    public ResultsBlocks(BlobStore blobs, Clock clock) {
        this.blobs = blobs;
        this.clock = clock;
    }

    /**
     * What is left to do for the results.
     *
     * @param blockIds the whole results, in order
     * @param missing outputs that have to be staged first
     */
    public record Plan(List<String> blockIds, List<Output> missing) {
        public Plan {
            blockIds = List.copyOf(blockIds);
            missing = List.copyOf(missing);
        }
    }

    /**
     * Plans results with one block per output.
     *
     * @param outputs those that make up the results, in order
     * @param there the block list of the results
     * @return empty if that is impossible because there are too many outputs or one is too long for a block
     */
    public static Optional<Plan> plan(List<Output> outputs, List<Block> there) {
        List<Output> full =
                outputs.stream().filter(output -> output.length() > 0).toList();
        if (full.size() > MOST || full.stream().anyMatch(output -> output.length() > LONGEST)) {
            return Optional.empty();
        }
        Map<String, Long> lengths = lengths(there);
        return Optional.of(new Plan(
                full.stream().map(output -> id(output.item())).toList(),
                full.stream()
                        .filter(output -> lengths.getOrDefault(id(output.item()), 0L) != output.length())
                        .toList()));
    }

    /** What a commit would take for each id: the staged block, else the committed one. */
    private static Map<String, Long> lengths(List<Block> blocks) {
        Map<String, Long> lengths = new HashMap<>();
        blocks.stream().filter(Block::committed).forEach(block -> lengths.put(block.id(), block.length()));
        blocks.stream().filter(block -> !block.committed()).forEach(block -> lengths.put(block.id(), block.length()));
        return lengths;
    }

    /**
     * Id of an item's block; as long as the ids used by other ways to write results, since all ids of a blob must have
     * the same length.
     */
    public static String id(int item) {
        return String.format(Locale.ROOT, "item%012d", item);
    }

    /** Lets the service copy an output into its block. */
    public Uni<Void> stage(RunId run, Output output) {
        return blobs.stageBlockFrom(RunFiles.results(run), id(output.item()), output.blob(), 0, output.length());
    }

    /** Like {@link #stage}, if it is useful. Never fails and does not take long, since it is optional. */
    public Uni<Void> headStart(Run run, Output output) {
        boolean useless = output.length() == 0 || output.length() > LONGEST || run.itemCount() > MOST;
        boolean isMerged = run.spec().items() instanceof Items.Parts;
        return useless || !isMerged || clock.instant().isBefore(pausedUntil)
                ? Uni.createFrom().voidItem()
                : stage(run.id(), output)
                        .ifNoItem()
                        .after(PATIENCE)
                        .fail()
                        .onFailure()
                        .invoke(t -> notStaged(run.id(), output, t))
                        .onFailure()
                        .recoverWithNull();
    }

    private void notStaged(RunId run, Output output, Throwable failure) {
        boolean neverCopies = FreshetException.is(failure, FailureCode.NOT_SUPPORTED);
        pausedUntil = neverCopies ? Instant.MAX : clock.instant().plus(PAUSE);
        LOG.debug(run, "%s was not staged and is left to the merge: %s", output.blob(), failure.getMessage());
    }
}
