package io.freshet.storage;

import io.freshet.instance.InstanceId;
import io.freshet.instance.RuntimeStatus;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Set;

/**
 * Selects instances.
 *
 * @param prefix prefix of the id, or ""
 * @param from earliest creation, if given
 * @param to latest creation, if given
 * @param statuses empty: any status
 * @param owner only those of this owner, if given
 */
public record InstanceFilter(
        String prefix,
        @Nullable Instant from,
        @Nullable Instant to,
        Set<RuntimeStatus> statuses,
        @Nullable String owner) {

    /** Selects instances of any owner. */
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
