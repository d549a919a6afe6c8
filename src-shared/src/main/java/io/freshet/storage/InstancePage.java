package io.freshet.storage;

import io.freshet.instance.Instance;
import io.freshet.storage.BlobStore.BlobInfo;
import io.freshet.storage.BlobStore.Listing;
import io.freshet.storage.BlobStore.Page;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Instances by id, and where the next page begins; {@code next} is null on the last one. */
public record InstancePage(
        List<Instance> instances, @Nullable Position next) {
    public InstancePage {
        instances = List.copyOf(instances);
    }

    /**
     * A place in a listing.
     *
     * @param token of storage's page, null for the first
     * @param after name of the blob that came last, or ""
     */
    public record Position(@Nullable String token, String after) {
        public static final Position BEGINNING = new Position(null, "");
    }

    /** Reads pages of instances: a listing selects them, then only their documents are read. */
    static final class InstancePages {
        private static final int READS = 16;

        private final BlobStore blobs;
        private final InstanceStore store;

        InstancePages(BlobStore blobs, InstanceStore store) {
            this.blobs = blobs;
            this.store = store;
        }

        Uni<InstancePage> page(InstanceFilter filter, InstancePage.Position at, int size) {
            return collect(new Collected(filter, size), at);
        }

        private Uni<InstancePage> collect(Collected page, InstancePage.Position at) {
            return blobs.list(
                            page.filter.names(),
                            Listing.of(Listing.Detail.WITH_METADATA).from(at.token()))
                    .flatMap(listed -> {
                        page.add(listed, at);
                        return page.isFull() || listed.next() == null
                                ? read(page)
                                : collect(page, new InstancePage.Position(listed.next(), at.after()));
                    });
        }

        /** An instance purged meanwhile is left out. */
        private Uni<InstancePage> read(Collected page) {
            return Multi.createFrom()
                    .iterable(page.found)
                    .onItem()
                    .transformToUni(instance -> store.find(instance.id()))
                    .withRequests(READS)
                    .concatenate()
                    .collect()
                    .asList()
                    .map(found -> new InstancePage(
                            found.stream().flatMap(Optional<Instance>::stream).toList(), page.next));
        }

        private static final class Collected {
            private final InstanceFilter filter;
            private final int size;
            private final List<InstanceSummary> found = new ArrayList<>();
            private InstancePage.Position last = InstancePage.Position.BEGINNING;
            private InstancePage.@Nullable Position next;

            Collected(InstanceFilter filter, int size) {
                this.filter = filter;
                this.size = size;
            }

            boolean isFull() {
                return next != null;
            }

            /** An instance too many shows that there is a next page. */
            void add(Page<BlobInfo> listed, InstancePage.Position at) {
                for (BlobInfo blob : listed.entries()) {
                    Optional<InstanceSummary> instance =
                            blob.name().compareTo(at.after()) > 0 ? InstanceSummary.of(blob) : Optional.empty();
                    if (instance.filter(filter::accepts).isPresent()) {
                        if (found.size() == size) {
                            next = last.after().isEmpty() ? at : last;
                            return;
                        }
                        found.add(instance.get());
                        last = new InstancePage.Position(at.token(), blob.name());
                    }
                }
            }
        }
    }
}
