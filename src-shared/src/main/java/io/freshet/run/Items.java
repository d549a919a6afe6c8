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

    /**
     * Blobs of their own, for a step of an orchestration.
     *
     * @param owner which step it is
     * @param folder where inputs and outputs lie in their containers, without a slash
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
     * @param instance id that the client knows
     * @param orchestration name
     * @param step 1-based
     * @param isReduced whether one value is made of the outputs
     */
    record Owner(String instance, String orchestration, int step, boolean isReduced) {}

    /** Where inputs come from that are written when their messages are sent. */
    sealed interface Source {
        int count();

        /** Made by us, as the original's starter makes them. */
        record Generated(int count) implements Source {}

        /**
         * JSON texts, one a line.
         *
         * @param blob name of the blob with the lines
         * @param count lines that are not empty
         */
        record Stored(String blob, int count) implements Source {}

        /**
         * Blobs that are there, each one input.
         *
         * @param container where they are
         * @param manifest name of the blob with their names, JSON strings, one a line: who lists later may find others
         */
        record Existing(String container, String manifest, int count) implements Source {}
    }

    /** Where a run's lines are. */
    sealed interface RunInput {

        /** ETag of the bytes that were split: reading other bytes than these would be wrong. */
        String etag();

        /** The bytes that a client uploaded, kept in the run's own folder. */
        record Uploaded(String etag) implements RunInput {}

        /**
         * A blob elsewhere, read in place.
         *
         * @param url holds no secret; its query names a snapshot or a version, or there is none
         * @param bySas whether a SAS lets us in, which is kept apart from the run, and only until it ends
         */
        record Referenced(String url, boolean bySas, String etag) implements RunInput {}
    }
}
