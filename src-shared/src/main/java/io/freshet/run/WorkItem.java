package io.freshet.run;

import org.jspecify.annotations.Nullable;

/** A unit of work of a run: claimed by one worker, and done or failed as a whole. */
public sealed interface WorkItem {

    /** 0-based number of the item within the run. */
    int item();

    /**
     * A work item of a job: a range of whole lines of the input.
     *
     * @param item 0-based
     * @param firstByte offset in the input, 0-based
     * @param bytes length, including line ends
     * @param firstLine number of the first line within the whole input, 1-based
     * @param lines lines in the part, empty ones included
     */
    record Part(int item, long firstByte, long bytes, long firstLine, long lines) implements WorkItem {
        public Part {
            if (item < 0 || firstByte < 0 || bytes < 0 || firstLine < 1 || lines < 0) {
                throw new IllegalArgumentException("Not a part: item " + item + ", firstByte " + firstByte + ", bytes "
                        + bytes + ", firstLine " + firstLine + ", lines " + lines);
            }
        }
    }

    /**
     * A work item of an orchestration's step: one input in a blob of its own.
     *
     * @param item 0-based
     * @param instance id of the instance it is computed for
     * @param path name of the input, and of the output, in their containers
     * @param data the input itself, JSON text; absent if only the blob has it
     */
    record InputBlob(
            int item,
            String instance,
            String path,
            @Nullable String data) implements WorkItem {
        public InputBlob {
            if (item < 0) {
                throw new IllegalArgumentException("Not an item: " + item);
            }
        }
    }
}
