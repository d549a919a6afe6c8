package io.freshet.items;

import io.freshet.message.WorkMessage;
import io.freshet.run.ItemOutcome.Tally;
import io.freshet.run.Run;
import io.freshet.run.WorkItem;
import io.freshet.storage.BlobStore;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Defines where the items of one kind of run are stored. Items are numbered from 0, whatever their names say. */
public sealed interface ItemLayout permits PartLayout, BlobLayout {

    /** Name of an item for people, such as {@code part 7}. */
    String describe(int item);

    /** Name of the blob that an item is claimed by. */
    String index(Run run, WorkItem item);

    /** The metadata that represent an index. */
    Map<String, String> metadata(ItemIndex index);

    /** Where outputs are stored. */
    BlobStore outputs();

    /** Name of the container that {@link #outputs} is. */
    String container();

    /** Content type of an output. */
    String contentType(Tally tally);

    /** Name of the blob whose commit makes the item done. */
    String output(Run run, int item);

    /** Name of the blob with the item's rejected lines; it does not exist if there are none. */
    String errors(Run run, int item);

    /** The counts that an item's output carries. */
    Tally tally(WorkItem item, String contentType);

    /** What wakes a worker for an item. */
    WorkMessage message(Run run, ItemIndex index);

    /** What storage records about an item now; empty if it is done or the run has ended. */
    Uni<Optional<ItemIndex>> find(Run run, WorkItem item);

    /** Like {@link #find(Run, WorkItem)}, for an item of which only the number is known. */
    Uni<Optional<ItemIndex>> find(Run run, int item);

    /** All items that are neither done nor closed: open ones, and those that failed. */
    Multi<ItemIndex> indexes(Run run);

    /**
     * A page of {@link #indexes}, in the order that {@link Run#sent} knows.
     *
     * @param most entries at most
     * @param token where to continue, from the previous page; null for the first
     */
    Uni<IndexPage> page(Run run, int most, @Nullable String token);

    /** Open items that nobody has claimed, in the order that {@link Run#sent} knows. */
    Multi<ItemIndex> claimable(Run run);

    /** Makes sure that everything a worker needs is in storage before a message is sent. */
    Uni<ItemIndex> prepare(Run run, ItemIndex index);

    /** Lets a failed item be computed again; an open one stays as it is. */
    Uni<ItemIndex> reopen(Run run, ItemIndex index);

    /** Leaves nothing to claim after the run has ended. Failed items are kept if the run can be rerun. */
    Uni<Void> close(Run run);

    /** All outputs, in no particular order. */
    Multi<Output> outputs(Run run);

    /** Number of items held by workers among the first {@code most} that are not done. */
    Uni<Integer> claimed(Run run, int most);

    /**
     * Items that are not done, and where to continue; null on the last page. A page may be empty without being the
     * last.
     */
    record IndexPage(List<ItemIndex> items, @Nullable String next) {
        public IndexPage {
            items = List.copyOf(items);
        }
    }

    /**
     * The output of an item.
     *
     * @param length bytes
     * @param tally the counts that it carries
     */
    record Output(int item, String blob, long length, Tally tally) {}
}
