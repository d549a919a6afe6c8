package io.freshet.worker.claim;

import io.freshet.storage.BlobStore;
import io.freshet.storage.BlobStore.Attributes;
import io.freshet.storage.BlobStore.Condition;
import io.smallrye.mutiny.Uni;

import java.util.List;
import java.util.Map;

/**
 * The message itself, which no other worker receives while it is held. Foreign workers do not use leases; two workers
 * are kept apart by the commit of the output, which succeeds only once.
 */
final class MessageClaim extends Claim {
    private final BlobStore inputs;
    private final String input;

    MessageClaim(BlobStore inputs, String input) {
        this.inputs = inputs;
        this.input = input;
    }

    @Override
    public Uni<Void> confirm() {
        return isHeld() ? Uni.createFrom().voidItem() : Uni.createFrom().failure(lost());
    }

    @Override
    public Uni<Boolean> complete() {
        end();
        return Uni.createFrom().item(true);
    }

    /** If the input is gone, an empty one is written to carry the metadata. */
    @Override
    public Uni<Boolean> mark(Map<String, String> metadata) {
        return inputs.setMetadata(input, metadata, null)
                .flatMap(marked -> marked ? Uni.createFrom().item(true) : markInItsPlace(metadata));
    }

    private Uni<Boolean> markInItsPlace(Map<String, String> metadata) {
        return inputs.put(input, List.of(), new Attributes("application/json", metadata), Condition.IF_ABSENT)
                .flatMap(written -> written.conflict()
                        ? inputs.setMetadata(input, metadata, null)
                        : Uni.createFrom().item(true));
    }

    @Override
    public Uni<Void> release() {
        end();
        return Uni.createFrom().voidItem();
    }

    @Override
    String subject() {
        return input;
    }

    @Override
    void stopKeeping() {}
}
