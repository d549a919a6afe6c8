package io.freshet.items;

import io.freshet.storage.BlobStore;
import io.freshet.storage.BlobStore.Listing.Detail;
import io.freshet.storage.Listings;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Removes folders of inputs and outputs that no longer belong to anything. */
@Singleton
public final class ItemFolders {
    private static final int AT_ONCE = 16;

    private final BlobStore inputs;
    private final BlobStore outputs;

    public ItemFolders(@Identifier("inputs") BlobStore inputs, @Identifier("outputs") BlobStore outputs) {
        this.inputs = inputs;
        this.outputs = outputs;
    }

    /** Removes the inputs and outputs of all items; other blobs in the folder are not ours and stay. */
    public Uni<Void> remove(String folder) {
        return remove(inputs, folder).chain(() -> remove(outputs, folder));
    }

    private static Uni<Void> remove(BlobStore blobs, String folder) {
        return Listings.blobs(blobs, folder + "/", Detail.PLAIN)
                .filter(blob -> BlobLayout.parseOutput(blob.name()).isPresent())
                .onItem()
                .transformToUni(blob -> blobs.delete(blob.name(), null))
                .merge(AT_ONCE)
                .collect()
                .last()
                .replaceWithVoid();
    }
}
