package io.freshet.run;

/** The work items {@code 0..count-1} of a run. Never change after submission. */
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

    /**
     * One blob per input, for a step of an orchestration.
     *
     * @param owner which step it is
     * @param folder of inputs and outputs in their containers, without a slash
     * @param source where the inputs come from
     */
    record Blobs(Owner owner, String folder, Source source) implements Items {
        @Override
        public int count() {
            return source.count();
        }
    }

    /**
     * A step of an instance.
     *
     * @param instance id known to the client
     * @param orchestration name
     * @param step 1-based
     * @param isReduced whether the outputs are reduced to one value
     */
    record Owner(String instance, String orchestration, int step, boolean isReduced) {}

    /** Where inputs come from; they are written when their messages are sent. */
    sealed interface Source {
        int count();

        /** Generated like those of the original's starter. */
        record Generated(int count) implements Source {}

        /**
         * JSON texts, one per line.
         *
         * @param blob name of the blob with the lines
         * @param count lines that are not empty
         */
        record Stored(String blob, int count) implements Source {}

        /**
         * Existing blobs, each one input.
         *
         * @param container where they are
         * @param manifest name of the blob with their names, JSON strings, one a line; a later listing might differ
         */
        record Existing(String container, String manifest, int count) implements Source {}
    }

    /** Location of a run's lines. */
    sealed interface RunInput {

        /** ETag of the bytes that were split; other bytes must not be read. */
        String etag();

        /** Bytes uploaded by a client, kept in the run's own folder. */
        record Uploaded(String etag) implements RunInput {}

        /**
         * A blob elsewhere that is read in place.
         *
         * @param url without secrets; its query, if any, names a snapshot or a version
         * @param bySas whether access is by a SAS, which is kept apart from the run, and only until it ends
         */
        record Referenced(String url, boolean bySas, String etag) implements RunInput {}
    }
}
