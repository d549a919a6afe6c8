package io.freshet.run;

/** What a run is made of: its work items {@code 0..count-1}. Never changes after submission. */
public sealed interface Items {

    /** Number of work items. */
    int count();

    /**
     * The parts of one input, for a job.
     *
     * @param input where the lines are
     * @param linesPerPart lines in each part but the last
     * @param lines lines of the input, empty ones included
     * @param bytes bytes of the input, unpacked
     */
    record Parts(RunInput input, int linesPerPart, long lines, long bytes) implements Items {
        public Parts {
            if (linesPerPart < 1) {
                throw new IllegalArgumentException("linesPerPart must be at least 1, not " + linesPerPart);
            }
        }

        @Override
        public int count() {
            return Math.toIntExact(Math.ceilDiv(lines, linesPerPart));
        }
    }
}
