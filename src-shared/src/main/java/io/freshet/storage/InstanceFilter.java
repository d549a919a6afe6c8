package io.freshet.storage;

import io.freshet.instance.InstanceId;
import io.freshet.instance.RuntimeStatus;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Set;

/**
 * Which instances are meant.
 *
 * @param prefix beginning of the id, or ""
 * @param from not created before, if given
 * @param to not created after, if given
 * @param statuses empty: in any state
 * @param owner only those of this owner, if given
 */
public record InstanceFilter(
        String prefix,
        @Nullable Instant from,
        @Nullable Instant to,
        Set<RuntimeStatus> statuses,
        @Nullable String owner) {

    /** Whoever owns them. */
    public InstanceFilter(String prefix, @Nullable Instant from, @Nullable Instant to, Set<RuntimeStatus> statuses) {
        this(prefix, from, to, statuses, null);
    }

    public InstanceFilter {
        statuses = Set.copyOf(statuses);
    }

    boolean accepts(InstanceSummary instance) {
        return (owner == null || owner.equals(instance.owner()))
                && (statuses.isEmpty() || statuses.contains(instance.status()))
                && (from == null || !instance.created().isBefore(from))
                && (to == null || !instance.created().isAfter(to));
    }

    String names() {
        return InstanceFiles.INSTANCES + InstanceId.encode(prefix);
    }
}
