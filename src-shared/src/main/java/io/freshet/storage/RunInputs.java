package io.freshet.storage;

import io.freshet.failure.Permanent;
import io.freshet.run.Items;
import io.freshet.run.Items.RunInput;
import io.freshet.run.Items.RunInput.Referenced;
import io.freshet.run.Run;
import io.freshet.run.RunId;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** The bytes of runs, wherever they lie. */
@Singleton
public final class RunInputs {
    private static final int KEPT = 16;

    private final BlobStore blobs;
    private final ReferencedBlobs referenced;
    private final InputSecrets secrets;
    private final Map<RunId, Uni<Secret>> known = new LinkedHashMap<>(KEPT, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<RunId, Uni<Secret>> eldest) {
            return size() > KEPT;
        }
    };

    public RunInputs(BlobStore blobs, ReferencedBlobs referenced, InputSecrets secrets) {
        this.blobs = blobs;
        this.referenced = referenced;
        this.secrets = secrets;
    }

    /** Bytes {@code [offset, offset + length)} of the run's input; fails if they are not the ones that were split. */
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

    /** Asked for once, so that small parts do not cost two requests each. */
    private synchronized Uni<Secret> known(RunId run) {
        return known.computeIfAbsent(
                run,
                id -> secrets.of(id)
                        .onFailure()
                        .invoke(() -> forget(id))
                        .memoize()
                        .indefinitely());
    }

    private synchronized void forget(RunId run) {
        known.remove(run);
    }

    private static RunInput input(Run run) {
        return switch (run.spec().items()) {
            case Items.Parts parts -> parts.input();
            case Items.Blobs blobs ->
                throw new IllegalArgumentException("Run " + run.id() + " has one blob for each input");
        };
    }

    /** It is somebody else's blob: whoever submitted the job reads what became of it. */
    private static Permanent explained(Referenced reference, Permanent refusal) {
        String what = switch (refusal.code()) {
            // some services say of a blob that is gone that it does not match
            case PRECONDITION_FAILED, NOT_FOUND -> "has changed or gone since the job was submitted";
            default -> "cannot be read any more: " + refusal.getMessage();
        };
        return new Permanent(refusal.code(), "The input " + reference.url() + " " + what, refusal);
    }
}
