package io.freshet.items;

import io.freshet.message.WorkMessage;
import io.freshet.run.Run;
import io.freshet.run.Tally;
import io.freshet.run.WorkItem;
import io.freshet.storage.BlobStore;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the items of one kind of runs lie: the one place that knows. Items are counted from 0, whatever names say. */
public sealed interface ItemLayout permits PartLayout, BlobLayout {

    /** What people call an item of such a run, such as {@code part 7}. */
    String describe(int item);

    /** Name of the blob that an item is claimed by. */
    String index(Run run, WorkItem item);

    /** What an index says, in the form in which it is written. */
    Map<String, String> metadata(ItemIndex index);

    /** Where outputs lie. */
    BlobStore outputs();

    /** Name of the container that {@link #outputs} is. */
    String container();

    /** Content type of an output. */
    String contentType(Tally tally);

    /** Name of the blob whose commit makes the item done. */
    String output(Run run, int item);

    /** Name of the blob of the item's rejected lines; there is none without them. */
    String errors(Run run, int item);

    /** What an item's output tells of itself. */
    Tally tally(WorkItem item, String contentType);

    /** What wakes a worker for an item. */
    WorkMessage message(Run run, ItemIndex index);

    /** What storage says of an item now; empty if it is done, or the run has ended. */
    Uni<Optional<ItemIndex>> find(Run run, WorkItem item);

    /** As {@link #find(Run, WorkItem)}, of an item of which only the number is known. */
    Uni<Optional<ItemIndex>> find(Run run, int item);

    /** All items that are neither done nor closed: open ones, and those that failed. */
    Multi<ItemIndex> indexes(Run run);

    /**
     * A page of {@link #indexes}, in the order that {@link Run#sent} knows.
     *
     * @param most entries at most
     * @param token where to go on, from the page before; null for the first
     */
    Uni<IndexPage> page(Run run, int most, @Nullable String token);

    /** Open items that nobody has claimed, in the order that {@link Run#sent} knows. */
    Multi<ItemIndex> claimable(Run run);

    /** What a worker needs is there then, so that a message may be sent. */
    Uni<ItemIndex> prepare(Run run, ItemIndex index);

    /** Lets a failed item be computed again; an open one stays as it is. */
    Uni<ItemIndex> reopen(Run run, ItemIndex index);

    /** Leaves nothing to claim, now that the run has ended. Failed items of a run that can be rerun are kept for that. */
    Uni<Void> close(Run run);

    /** All outputs, in no order. */
    Multi<Output> outputs(Run run);

    /** Items that workers hold, of the first so many that are not done. */
    Uni<Integer> claimed(Run run, int most);

    /** Items that are not done, and where to go on; null on the last page. A page may be empty and not the last. */
    record IndexPage(List<ItemIndex> items, @Nullable String next) {
        public IndexPage {
            items = List.copyOf(items);
        }
    }

    /**
     * The output of an item.
     *
     * @param length bytes
     * @param tally what it tells of itself
     */
    record Output(int item, String blob, long length, Tally tally) {}
}
