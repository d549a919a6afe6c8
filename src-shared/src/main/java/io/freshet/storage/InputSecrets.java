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

/** The SAS of runs that read their input with one: from before their release until they have ended, and no longer. */
@Singleton
public final class InputSecrets {
    private static final Attributes TEXT = Attributes.ofType("text/plain");

    private final BlobStore blobs;

    public InputSecrets(BlobStore blobs) {
        this.blobs = blobs;
    }

    /** Keeps what the run will need; nothing for {@link Secret#NONE}. */
    public Uni<Void> keep(RunId run, Secret sas) {
        return sas.isEmpty()
                ? Uni.createFrom().voidItem()
                : blobs.put(RunFiles.access(run), List.of(bytes(sas)), TEXT, Condition.ALWAYS)
                        .replaceWithVoid();
    }

    /** What the run's input is read with. Fails with NOT_FOUND if it is gone, because the run has ended. */
    public Uni<Secret> of(RunId run) {
        return blobs.read(RunFiles.access(run))
                .map(found -> found.map(content -> new Secret(new String(content.bytes(), StandardCharsets.UTF_8)))
                        .orElseThrow(() -> new Permanent(
                                FailureCode.NOT_FOUND,
                                "The SAS of run " + run + "'s input is gone: the run has ended")));
    }

    /** Forgets it. Forgetting again is no failure. */
    public Uni<Void> drop(Run run) {
        return isNeeded(run)
                ? blobs.delete(RunFiles.access(run.id()), null).replaceWithVoid()
                : Uni.createFrom().voidItem();
    }

    /** Whether the run cannot read its input without a SAS. */
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
