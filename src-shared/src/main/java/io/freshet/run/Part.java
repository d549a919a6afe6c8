package io.freshet.run;

/**
 * A work item of a job: a range of whole lines of the input.
 *
 * @param number 1-based; the work item's number is one less
 * @param firstByte offset in the input, 0-based
 * @param bytes length, with the line ends
 * @param firstLine number of the first line over the whole input, 1-based
 * @param lines lines in the part, empty ones included
 */
public record Part(int number, long firstByte, long bytes, long firstLine, long lines) {
    public Part {
        if (number < 1 || firstByte < 0 || bytes < 0 || firstLine < 1 || lines < 0) {
            throw new IllegalArgumentException("Not a part: number " + number + ", firstByte " + firstByte + ", bytes "
                    + bytes + ", firstLine " + firstLine + ", lines " + lines);
        }
    }

    /** 0-based number of the work item. */
    public int item() {
        return number - 1;
    }
}
