package io.freshet.gateway.jobs;

import io.freshet.items.Layouts;
import io.freshet.run.Run;
import io.freshet.run.RunId;
import io.freshet.run.RunState;
import io.freshet.storage.BlobStore.Listing;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many parts of a run are being computed: the leases at the head of the listing, where the parts are that were handed
 * out first. Requests within two seconds share one answer, because each costs a listing.
 */
@Singleton
final class PartsInFlight {
    private static final Duration FRESH_FOR = Duration.ofSeconds(2);
    /** Draining workers take parts that no message was sent for. */
    private static final int AT_LEAST = 1_000;

    private static final int KEPT = 1_000;

    private final Layouts layouts;
    private final Clock clock;
    private final Map<RunId, Counted> counted = new ConcurrentHashMap<>();

    private record Counted(Uni<Integer> count, Instant at) {}

    PartsInFlight(Layouts layouts, Clock clock) {
        this.layouts = layouts;
        this.clock = clock;
    }

    Uni<Integer> count(Run run) {
        return run.state() instanceof RunState.Running || run.state() instanceof RunState.Suspended
                ? shared(run, Math.clamp(run.outstanding(), AT_LEAST, Listing.MAX_PAGE))
                : Uni.createFrom().item(0);
    }

    private Uni<Integer> shared(Run run, int listed) {
        Instant now = clock.instant();
        if (counted.size() >= KEPT) {
            counted.values().removeIf(old -> !isFresh(old, now));
        }
        return counted.compute(
                        run.id(),
                        (id, last) -> last != null && isFresh(last, now) ? last : new Counted(list(run, listed), now))
                .count();
    }

    private static boolean isFresh(Counted last, Instant now) {
        return now.isBefore(last.at().plus(FRESH_FOR));
    }

    private Uni<Integer> list(Run run, int listed) {
        return layouts.of(run)
                .claimed(run, listed)
                .onFailure()
                .invoke(() -> counted.remove(run.id()))
                .memoize()
                .indefinitely();
    }
}
