package io.freshet.storage;

import io.freshet.instance.Instance;
import org.jspecify.annotations.Nullable;

import java.util.List;

/** Instances by id, and where the next page begins; {@code next} is null on the last one. */
public record InstancePage(
        List<Instance> instances, @Nullable Position next) {
    public InstancePage {
        instances = List.copyOf(instances);
    }

    /**
     * A place in a listing.
     *
     * @param token of the storage's page, null for the first
     * @param after name of the blob that came last, or ""
     */
    public record Position(@Nullable String token, String after) {
        public static final Position BEGINNING = new Position(null, "");
    }
}
