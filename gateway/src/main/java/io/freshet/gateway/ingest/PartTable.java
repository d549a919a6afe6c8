package io.freshet.gateway.ingest;

import io.freshet.run.WorkItem.Part;

import java.util.Objects;

/** Where the parts of an input lie; 8 bytes of memory for each part. */
public final class PartTable {
    private final int itemsPerPart;
    private final long[] ends;
    private final int size;
    private final Totals totals;

    /** @param ends offset behind each part; the array may be longer than {@code size} and is not copied */
    PartTable(int itemsPerPart, long[] ends, int size, Totals totals) {
        this.itemsPerPart = itemsPerPart;
        this.ends = ends;
        this.size = size;
        this.totals = totals;
    }

    /** Number of parts. */
    public int size() {
        return size;
    }

    /** @param item 0-based */
    public Part part(int item) {
        Objects.checkIndex(item, size);
        long firstByte = item == 0 ? 0 : ends[item - 1];
        long linesBefore = (long) item * itemsPerPart;
        long lines = Math.min(itemsPerPart, totals.lines - linesBefore);
        return new Part(item, firstByte, ends[item] - firstByte, linesBefore + 1, lines);
    }

    /** Lines of the whole input, empty ones included. */
    public long lines() {
        return totals.lines;
    }

    /** Length of the whole input. The parts cover all of it, except that a lone byte order mark is no part. */
    public long bytes() {
        return totals.bytes;
    }

    record Totals(long lines, long bytes) {}
}
