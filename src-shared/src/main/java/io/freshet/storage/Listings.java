package io.freshet.storage;

import io.freshet.storage.BlobStore.BlobInfo;
import io.freshet.storage.BlobStore.Listing;
import io.freshet.storage.BlobStore.Page;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import java.util.function.Function;

/** Complete listings, fetched page by page as they are consumed. */
public final class Listings {
    private Listings() {}

    /** All blobs whose names begin with {@code prefix}, in lexical order. */
    public static Multi<BlobInfo> blobs(BlobStore store, String prefix, Listing.Detail detail) {
        return pages(token -> store.list(prefix, Listing.of(detail).from(token)));
    }

    /** All "folders" directly below {@code prefix}, each with its slash, in lexical order. */
    public static Multi<String> folders(BlobStore store, String prefix) {
        return pages(token ->
                store.listFolders(prefix, Listing.of(Listing.Detail.PLAIN).from(token)));
    }

    private static <T> Multi<T> pages(Function<@Nullable String, Uni<Page<T>>> fetch) {
        return Multi.createBy()
                .repeating()
                .uni(Position::new, position -> fetch.apply(position.token).invoke(position::moveTo))
                .whilst(page -> page.next() != null)
                .onItem()
                .transformToIterable(Page::entries);
    }

    private static final class Position {
        private @Nullable String token;

        void moveTo(Page<?> page) {
            token = page.next();
        }
    }
}
