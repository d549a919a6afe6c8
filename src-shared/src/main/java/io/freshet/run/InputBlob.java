package io.freshet.run;

import org.jspecify.annotations.Nullable;

/**
 * A work item of an orchestration's step: one input in a blob of its own.
 *
 * @param item 0-based
 * @param instance id of the instance that it is computed for
 * @param path name of the input, and of the output, in their containers
 * @param data the input itself, JSON text; absent where only the blob has it
 */
public record InputBlob(
        int item, String instance, String path, @Nullable String data) implements WorkItem {
    public InputBlob {
        if (item < 0) {
            throw new IllegalArgumentException("No item has the number " + item);
        }
    }
}
