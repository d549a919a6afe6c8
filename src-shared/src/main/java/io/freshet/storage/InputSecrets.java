package io.freshet.storage;

import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;
import io.freshet.run.Items;
import io.freshet.run.Items.RunInput.Referenced;
import io.freshet.run.Run;
import io.freshet.run.RunId;
import io.freshet.storage.BlobStore.Attributes;
import io.freshet.storage.BlobStore.Condition;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Stores the SAS with which runs read their inputs, from before their release until they have ended. */
@Singleton
public final class InputSecrets {
    private static final Attributes TEXT = Attributes.ofType("text/plain");

    private final BlobStore blobs;

    public InputSecrets(BlobStore blobs) {
        this.blobs = blobs;
    }

    /** Stores the SAS for the run; does nothing for {@link Secret#NONE}. */
    public Uni<Void> keep(RunId run, Secret sas) {
        return sas.isEmpty()
                ? Uni.createFrom().voidItem()
                : blobs.put(RunFiles.access(run), List.of(bytes(sas)), TEXT, Condition.ALWAYS)
                        .replaceWithVoid();
    }

    /** The SAS for the run's input. Fails with NOT_FOUND if it is gone because the run has ended. */
    public Uni<Secret> of(RunId run) {
        return blobs.read(RunFiles.access(run))
                .map(found -> found.map(content -> new Secret(new String(content.bytes(), StandardCharsets.UTF_8)))
                        .orElseThrow(() -> new Permanent(
                                FailureCode.NOT_FOUND,
                                "The SAS of run " + run + "'s input is gone: the run has ended")));
    }

    /** Removes the SAS; it is not an error if it is gone. */
    public Uni<Void> drop(Run run) {
        return isNeeded(run)
                ? blobs.delete(RunFiles.access(run.id()), null).replaceWithVoid()
                : Uni.createFrom().voidItem();
    }

    /** Whether the run needs a SAS to read its input. */
    public static boolean isNeeded(Run run) {
        return switch (run.spec().items()) {
            case Items.Parts parts -> parts.input() instanceof Referenced reference && reference.bySas();
            case Items.Blobs blobs -> false;
        };
    }

    private static ByteBuffer bytes(Secret sas) {
        return ByteBuffer.wrap(sas.reveal().getBytes(StandardCharsets.UTF_8));
    }
}
