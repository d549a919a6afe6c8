package io.freshet.run;

/**
 * A work item of a job: a range of whole lines of the input.
 *
 * @param item 0-based
 * @param firstByte offset in the input, 0-based
 * @param bytes length, with the line ends
 * @param firstLine number of the first line over the whole input, 1-based
 * @param lines lines in the part, empty ones included
 */
public record Part(int item, long firstByte, long bytes, long firstLine, long lines) implements WorkItem {
    public Part {
        if (item < 0 || firstByte < 0 || bytes < 0 || firstLine < 1 || lines < 0) {
            throw new IllegalArgumentException("Not a part: item " + item + ", firstByte " + firstByte + ", bytes "
                    + bytes + ", firstLine " + firstLine + ", lines " + lines);
        }
    }
}
