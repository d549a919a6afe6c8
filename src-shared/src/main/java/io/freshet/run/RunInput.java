package io.freshet.run;

/** Where a run's lines are. */
public sealed interface RunInput {

    /** ETag of the bytes that were split: reading other bytes than these would be wrong. */
    String etag();

    /** The bytes that a client uploaded, kept in the run's own folder. */
    record Uploaded(String etag) implements RunInput {}

    /**
     * A blob elsewhere, read in place.
     *
     * @param url without query
     * @param access what to add to the URL to be let in (a SAS), or nothing
     */
    record Referenced(String url, Secret access, String etag) implements RunInput {}

    /** A text that is never printed. */
    record Secret(String reveal) {
        public static final Secret NONE = new Secret("");

        @Override
        public String toString() {
            return reveal.isEmpty() ? "" : "***";
        }
    }
}
