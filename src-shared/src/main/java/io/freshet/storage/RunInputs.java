package io.freshet.storage;

import io.freshet.failure.Permanent;
import io.freshet.run.Items;
import io.freshet.run.Run;
import io.freshet.run.RunInput;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

import java.nio.ByteBuffer;

/** The bytes of runs, wherever they lie. */
@Singleton
public final class RunInputs {
    private final BlobStore blobs;
    private final ReferencedBlobs referenced;

    public RunInputs(BlobStore blobs, ReferencedBlobs referenced) {
        this.blobs = blobs;
        this.referenced = referenced;
    }

    /** Bytes {@code [offset, offset + length)} of the run's input; fails if they are not the ones that were split. */
    public Uni<ByteBuffer> readRange(Run run, long offset, int length) {
        return switch (input(run)) {
            case RunInput.Uploaded uploaded ->
                blobs.readRange(RunFiles.input(run.id()), offset, length, uploaded.etag());
            case RunInput.Referenced reference ->
                referenced
                        .readRange(reference, offset, length)
                        .onFailure(Permanent.class)
                        .transform(refusal -> explained(reference, refusal));
        };
    }

    private static RunInput input(Run run) {
        return switch (run.spec().items()) {
            case Items.Parts parts -> parts.input();
        };
    }

    /** It is somebody else's blob: whoever submitted the job reads what became of it. */
    private static Permanent explained(RunInput.Referenced reference, Permanent refusal) {
        String what = switch (refusal.code()) {
            // some services say of a blob that is gone that it does not match
            case PRECONDITION_FAILED, NOT_FOUND -> "has changed or gone since the job was submitted";
            default -> "cannot be read any more: " + refusal.getMessage();
        };
        return new Permanent(refusal.code(), "The input " + reference.url() + " " + what, refusal);
    }
}
