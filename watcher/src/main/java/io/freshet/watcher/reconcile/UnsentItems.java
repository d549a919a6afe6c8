package io.freshet.watcher.reconcile;

import io.freshet.items.ItemIndex;
import io.freshet.items.ItemLayout.IndexPage;
import io.freshet.items.Layouts;
import io.freshet.run.Dispatch;
import io.freshet.run.ItemSet;
import io.freshet.run.Run;
import io.freshet.run.RunId;
import io.freshet.storage.BlobStore.Listing;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Open items without a message, in listing order. The end of the last listing is remembered, so a run's index is listed
 * once altogether; without that memory the listing starts over.
 */
@Singleton
final class UnsentItems {
    private final Layouts layouts;
    private final Map<RunId, Place> places = new ConcurrentHashMap<>();

    /**
     * Where a listing continues.
     *
     * @param behind the last item listed before this place
     * @param token continuation of the listing; null at its beginning
     */
    private record Place(int behind, @Nullable String token) {
        static final Place BEGINNING = new Place(Dispatch.NONE, null);
    }

    /**
     * Items to send next.
     *
     * @param cursor the run's cursor once they are sent
     */
    record Batch(List<ItemIndex> items, int cursor) {}

    /** The search so far. */
    private record Search(Run run, ItemSet sent, int most, List<ItemIndex> found) {
        boolean hasPassed(Place place) {
            return place.behind() == Dispatch.NONE || sent.contains(place.behind());
        }

        int wanted() {
            return most - found.size();
        }

        /** Returns the number of the item, whether it was added or not. */
        int take(ItemIndex index) {
            int item = index.item().item();
            if (!run.progress().done().contains(item)
                    && !run.progress().failed().contains(item)) {
                found.add(index);
            }
            return item;
        }
    }

    UnsentItems(Layouts layouts) {
        this.layouts = layouts;
    }

    Uni<Batch> next(Run run, int most) {
        Search search = new Search(run, run.sent(), Math.min(most, Listing.MAX_PAGE), new ArrayList<>());
        return search(search).onFailure().invoke(() -> forget(run.id()));
    }

    private Uni<Batch> search(Search search) {
        Place known = places.getOrDefault(search.run().id(), Place.BEGINNING);
        Place place = search.hasPassed(known) ? known : Place.BEGINNING;
        return place.behind() == search.run().dispatch().cursor() ? collect(place, search) : pass(place, search);
    }

    void forget(RunId run) {
        places.remove(run);
    }

    void forgetAllBut(Set<RunId> runs) {
        places.keySet().retainAll(runs);
    }

    /** Skips what has been sent, in large pages. */
    private Uni<Batch> pass(Place place, Search search) {
        return list(place, Listing.MAX_PAGE, search).flatMap(page -> {
            boolean allSent = page.items().stream()
                    .allMatch(index -> search.sent().contains(index.item().item()));
            Place next = new Place(search.run().dispatch().cursor(), page.next());
            return allSent && page.next() != null ? pass(next, search) : collect(place, search);
        });
    }

    /** Lists no more than wanted, so that everything before the end has been taken. */
    private Uni<Batch> collect(Place place, Search search) {
        return list(place, search.wanted(), search).flatMap(page -> {
            int last = place.behind();
            for (ItemIndex index : page.items()) {
                last = search.sent().contains(index.item().item()) ? last : search.take(index);
            }
            return page.next() == null ? last(search) : goOn(new Place(last, page.next()), search);
        });
    }

    private Uni<Batch> goOn(Place next, Search search) {
        places.put(search.run().id(), next);
        return search.wanted() > 0 ? collect(next, search) : batch(search, next.behind());
    }

    private Uni<Batch> last(Search search) {
        forget(search.run().id());
        return batch(search, Dispatch.ALL);
    }

    private Uni<IndexPage> list(Place place, int most, Search search) {
        return layouts.of(search.run()).page(search.run(), most, place.token());
    }

    private static Uni<Batch> batch(Search search, int cursor) {
        return Uni.createFrom().item(new Batch(search.found(), cursor));
    }
}
