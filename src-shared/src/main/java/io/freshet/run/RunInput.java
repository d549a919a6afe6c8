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
     * @param url holds no secret; its query names a snapshot or a version, or there is none
     * @param bySas whether a SAS lets us in, which is kept apart from the run, and only until it ends
     */
    record Referenced(String url, boolean bySas, String etag) implements RunInput {}
}
