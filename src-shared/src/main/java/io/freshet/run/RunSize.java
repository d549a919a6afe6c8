package io.freshet.run;

/**
 * How much a run has to do.
 *
 * @param items number of work items
 * @param lines lines of the input, empty ones included
 * @param bytes bytes of the input, unpacked
 */
public record RunSize(int items, long lines, long bytes) {}
