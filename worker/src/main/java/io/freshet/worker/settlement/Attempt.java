package io.freshet.worker.settlement;

import io.freshet.items.ItemIndex;
import io.freshet.items.ItemLayout;
import io.freshet.items.ItemLayout.Output;
import io.freshet.run.ItemOutcome.Tally;
import io.freshet.run.Run;
import io.freshet.storage.BlobStore.BlobInfo;

/**
 * An attempt on an item.
 *
 * @param index as it was when the attempt began
 * @param repeated whether an earlier attempt may have left something behind
 */
record Attempt(Run run, ItemLayout layout, ItemIndex index, boolean repeated) {
    int number() {
        return index.attempts() + 1;
    }

    int item() {
        return index.item().item();
    }

    String claimed() {
        return layout.index(run, index.item());
    }

    String output() {
        return layout.output(run, item());
    }

    Output written(long length, Tally tally) {
        return new Output(item(), output(), length, tally);
    }

    Output found(BlobInfo blob) {
        return written(blob.length(), layout.tally(index.item(), blob.contentType()));
    }
}
