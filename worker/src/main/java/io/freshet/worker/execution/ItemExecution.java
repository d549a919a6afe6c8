package io.freshet.worker.execution;

import io.freshet.failure.FailureCode;
import io.freshet.failure.FreshetException;
import io.freshet.failure.Permanent;
import io.freshet.failure.Transient;
import io.freshet.items.BlobLayout;
import io.freshet.items.InputDocument;
import io.freshet.items.ItemLayout;
import io.freshet.items.Layouts;
import io.freshet.run.ItemOutcome.Tally;
import io.freshet.run.Run;
import io.freshet.run.WorkItem;
import io.freshet.run.WorkItem.InputBlob;
import io.freshet.run.WorkItem.Part;
import io.freshet.storage.BlobStore.Attributes;
import io.freshet.storage.BlobStore.Condition;
import io.freshet.storage.BlobStore.Written;
import io.freshet.worker.WorkerConfig;
import io.freshet.worker.claim.Claim;
import io.freshet.worker.execution.ComputationThreads.Waiting;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.Future;

/**
 * Computes an item under a claim, with its input read by ranges and its output and rejected lines streamed, so memory
 * is bounded whatever the item's size. The output is committed last, and only if there is none; with that commit the
 * item is done.
 */
@Singleton
public final class ItemExecution {
    private static final Attributes NDJSON = Attributes.ofType("application/x-ndjson");

    private final Layouts layouts;
    private final InputWindows inputs;
    private final Computations computations;
    private final ComputationThreads threads;
    private final int maxLineBytes;

    ItemExecution(
            Layouts layouts,
            InputWindows inputs,
            Computations computations,
            ComputationThreads threads,
            WorkerConfig config) {
        this.layouts = layouts;
        this.inputs = inputs;
        this.computations = computations;
        this.threads = threads;
        this.maxLineBytes = config.maxLineBytes();
    }

    /**
     * An item whose output is in storage.
     *
     * @param bytes length of what was written by this attempt
     * @param tally counts of this attempt
     * @param byAnother another worker's output was committed first, and stays
     */
    public record Committed(long bytes, Tally tally, boolean byAnother) {}

    /** What to do with an item whose output is in storage. */
    public interface Conclusion<T> {
        Uni<T> of(Committed committed);
    }

    /**
     * Computes, commits and concludes. Fails as transient with LEASE_LOST if the claim is lost before the commit. After
     * a computation with little output, its thread is free for the next while the rest follows.
     */
    public <T> Uni<T> execute(Run run, WorkItem item, Claim claim, Conclusion<T> conclusion) {
        ItemLayout layout = layouts.of(run);
        ItemBlobs written = new ItemBlobs(
                new StagedBlob(layout.outputs(), layout.output(run, item.item())),
                new StagedBlob(layout.outputs(), layout.errors(run, item.item())));
        return onThread(claim, () -> compute(run, item, written)).flatMap(computed -> {
            Uni<T> rest = commit(computed, claim).flatMap(conclusion::of);
            return written.areSmall() ? threads.settle(rest) : rest;
        });
    }

    private record ItemBlobs(StagedBlob output, StagedBlob errors) {
        boolean areSmall() {
            return output.isSmall() && errors.isSmall();
        }
    }

    /** Output and errors, complete and staged, not yet visible. */
    private record Computed(ItemBlobs blobs, Tally tally, Attributes attributes) {}

    private Computed compute(Run run, WorkItem item, ItemBlobs written) throws Exception {
        return switch (item) {
            case Part part -> compute(run, part, written);
            case InputBlob blob -> compute(run, blob, written);
        };
    }

    private Computed compute(Run run, InputBlob blob, ItemBlobs written) throws Exception {
        BlobLayout layout = (BlobLayout) layouts.of(run);
        Computation computation = computations.named(run.spec().handler());
        String data = Waiting.on(layout.data(run, blob).subscribeAsCompletionStage());
        OneResult result = new OneResult();
        computation.compute(new OneLine(data), result);
        byte[] output = InputDocument.output(blob, result.text());
        written.output().write(output, 0, output.length);
        return new Computed(written, new Tally(1, 0), layout.attributes(result.text()));
    }

    private Computed compute(Run run, Part part, ItemBlobs written) throws Exception {
        Computation computation = computations.named(run.spec().handler());
        PartChunks chunks = new PartChunks(part, (offset, length) -> inputs.read(run, offset, length));
        PartResults results = new PartResults(written.output(), written.errors());
        computation.compute(new PartLines(part, chunks, maxLineBytes), results);
        Tally tally = new Tally(part.lines(), results.rejectedLines());
        return new Computed(written, tally, Attributes.ofType(layouts.of(run).contentType(tally)));
    }

    private Uni<Committed> commit(Computed computed, Claim claim) {
        return commitErrors(computed, claim)
                .chain(() -> write(claim, computed.blobs().output(), computed.attributes(), Condition.IF_ABSENT))
                .map(written -> new Committed(computed.blobs().output().bytes(), computed.tally(), written.conflict()));
    }

    /**
     * Errors are committed first, so that they exist when the output appears. The claim is confirmed because errors may
     * be overwritten.
     */
    private Uni<Void> commitErrors(Computed computed, Claim claim) {
        StagedBlob errors = computed.blobs().errors();
        return errors.isEmpty()
                ? Uni.createFrom().voidItem()
                : claim.confirm()
                        .chain(() -> write(claim, errors, NDJSON, Condition.ALWAYS))
                        .replaceWithVoid();
    }

    private Uni<Written> write(Claim claim, StagedBlob blob, Attributes attributes, Condition condition) {
        if (!blob.isSmall()) {
            return onThread(claim, () -> blob.commit(attributes, condition)).flatMap(write -> write);
        }
        return Uni.createFrom()
                .deferred(() -> claim.isHeld()
                        ? blob.put(attributes, condition)
                        : Uni.createFrom().failure(claim.lost()));
    }

    private <T> Uni<T> onThread(Claim claim, Work<T> work) {
        return Uni.createFrom().emitter(emitter -> {
            Future<?> running = threads.executor().submit(() -> {
                try {
                    if (!claim.isHeld()) {
                        throw claim.lost();
                    }
                    emitter.complete(work.run());
                } catch (InterruptedException e) {
                    emitter.fail(claim.isHeld() ? new Interrupted(e) : claim.lost());
                } catch (Throwable e) {
                    emitter.fail(failure(e));
                }
            });
            claim.onLost(() -> running.cancel(true));
            emitter.onTermination(() -> running.cancel(true));
        });
    }

    private static FreshetException failure(Throwable e) {
        if (e instanceof FreshetException known) {
            return known;
        }
        String text = e.getMessage() == null ? e.getClass().getName() : e.getMessage();
        return new Transient(FailureCode.COMPUTATION_FAILED, text, e);
    }

    private interface Work<T> {
        T run() throws Exception;
    }

    /** The worker is stopping. */
    private static final class Interrupted extends Transient {
        Interrupted(InterruptedException e) {
            super(FailureCode.LEASE_LOST, "The worker was stopped", e);
        }
    }

    /** A single input as one line. */
    static final class OneLine implements Lines {
        private final byte[] text;
        private boolean taken;

        OneLine(String text) {
            this.text = text.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public @Nullable Line next() {
            if (taken) {
                return null;
            }
            taken = true;
            return new Line().at(text, 0, text.length, 1);
        }
    }

    /** The result of a single input: the first output line. */
    static final class OneResult implements Results {
        private @Nullable String first;

        /** JSON null if nothing was written. */
        String text() {
            return first == null ? "null" : first;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            if (first == null) {
                first = new String(bytes, offset, length, StandardCharsets.UTF_8);
            }
        }

        /** There is no other line to keep. */
        @Override
        public void reject(Line line, String reason) {
            throw new Permanent(FailureCode.COMPUTATION_FAILED, reason);
        }
    }
}
