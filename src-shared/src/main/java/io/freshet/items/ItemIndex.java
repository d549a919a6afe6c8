package io.freshet.items;

import io.freshet.run.WorkItem;
import org.jspecify.annotations.Nullable;

/**
 * What storage records about an item that is not done.
 *
 * @param attempts attempts that failed or whose worker died; not those that were handed back or lost the connection to
 *     storage
 * @param failure why the item failed for good; null while it is open
 */
public record ItemIndex(
        WorkItem item, int attempts, @Nullable String failure) {

    public static ItemIndex open(WorkItem item) {
        return new ItemIndex(item, 0, null);
    }

    /** Whether it can still be computed. */
    public boolean isOpen() {
        return failure == null;
    }

    /** After one more attempt. */
    public ItemIndex attempted() {
        return new ItemIndex(item, attempts + 1, failure);
    }

    public ItemIndex failed(String reason) {
        return new ItemIndex(item, attempts, reason);
    }
}
