package io.freshet.storage;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.freshet.failure.Permanent;
import io.freshet.run.Items;
import io.freshet.run.Items.RunInput;
import io.freshet.run.Items.RunInput.Referenced;
import io.freshet.run.Run;
import io.freshet.run.RunId;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** The inputs of runs, wherever they are stored. */
@Singleton
public final class RunInputs {
    private static final int KEPT = 16;

    private final BlobStore blobs;
    private final ReferencedBlobs referenced;
    private final InputSecrets secrets;
    private final AsyncCache<RunId, Secret> known =
            Caffeine.newBuilder().maximumSize(KEPT).executor(Runnable::run).buildAsync();

    public RunInputs(BlobStore blobs, ReferencedBlobs referenced, InputSecrets secrets) {
        this.blobs = blobs;
        this.referenced = referenced;
        this.secrets = secrets;
    }

    /** Bytes {@code [offset, offset + length)} of the run's input; fails if they are not those that were split. */
    public Uni<ByteBuffer> readRange(Run run, long offset, int length) {
        return switch (input(run)) {
            case RunInput.Uploaded uploaded ->
                blobs.readRange(RunFiles.input(run.id()), offset, length, uploaded.etag());
            case Referenced reference ->
                sas(run.id(), reference)
                        .flatMap(sas -> referenced
                                .readRange(reference, sas, offset, length)
                                .onFailure(Permanent.class)
                                .transform(refusal -> explained(reference, refusal)));
        };
    }

    private Uni<Secret> sas(RunId run, Referenced reference) {
        return reference.bySas() ? known(run) : Uni.createFrom().item(Secret.NONE);
    }

    /** Read once, so that small parts do not cost two requests each. A caller that gives up ends no read of others. */
    private Uni<Secret> known(RunId run) {
        return Uni.createFrom().completionStage(() -> known.get(run, this::read).copy());
    }

    private CompletableFuture<Secret> read(RunId run, Executor executor) {
        return secrets.of(run).subscribeAsCompletionStage();
    }

    private static RunInput input(Run run) {
        return switch (run.spec().items()) {
            case Items.Parts parts -> parts.input();
            case Items.Blobs blobs -> throw new IllegalArgumentException("Run " + run.id() + " has one blob per input");
        };
    }

    /** The blob belongs to somebody else, so the message is for whoever submitted the job. */
    private static Permanent explained(Referenced reference, Permanent refusal) {
        String what = switch (refusal.code()) {
            // some services report a missing blob as a failed precondition
            case PRECONDITION_FAILED, NOT_FOUND -> "has changed or gone since the job was submitted";
            default -> "can no longer be read: " + refusal.getMessage();
        };
        return new Permanent(refusal.code(), "The input " + reference.url() + " " + what, refusal);
    }
}
