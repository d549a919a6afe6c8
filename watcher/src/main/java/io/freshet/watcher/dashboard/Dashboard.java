package io.freshet.watcher.dashboard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.dashboard.Cluster;
import io.freshet.dashboard.DashboardBlob;
import io.freshet.dashboard.RunRow;
import io.freshet.failure.Permanent;
import io.freshet.instance.InstanceId;
import io.freshet.run.Run;
import io.freshet.run.RunId;
import io.freshet.storage.BlobStore;
import io.freshet.storage.BlobStore.Attributes;
import io.freshet.storage.BlobStore.Condition;
import io.freshet.storage.BlobStore.Reading;
import io.freshet.storage.BlobStore.Written;
import io.freshet.storage.InstanceStore;
import io.freshet.storage.RunStore;
import io.freshet.watcher.dashboard.Series.Counts;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Writes the state of the dashboard when it has changed, at most once a second. Two watchers agree by compare-and-set:
 * the second drops its own state and continues from what the other has written.
 */
@Singleton
public final class Dashboard {
    private static final Attributes TYPE = new Attributes("application/gzip", Map.of());
    private static final Duration PACE = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(DashboardBlob.WRITTEN_EVERY_SECONDS);
    private static final int AT_ONCE = 8;

    private final BlobStore blobs;
    private final RunStore runs;
    private final InstanceStore instances;
    private final Supplier<Optional<Cluster>> cluster;
    private final Clock clock;
    private final RunRows rows = new RunRows();
    private Series series = new Series();
    private Written written = Written.CONFLICT;
    private @Nullable Seen last;
    private Instant at = Instant.EPOCH;

    /** What is shown, except for the time: while it stays the same, there is nothing to write. */
    private record Seen(List<ObjectNode> rows, Counts counts, Optional<Cluster> cluster) {}

    @Inject
    Dashboard(BlobStore blobs, RunStore runs, InstanceStore instances, Instance<ClusterSource> cluster, Clock clock) {
        this(blobs, runs, instances, () -> cluster.stream().findFirst().flatMap(ClusterSource::now), clock);
    }

    Dashboard(
            BlobStore blobs, RunStore runs, InstanceStore instances, Supplier<Optional<Cluster>> cluster, Clock clock) {
        this.blobs = blobs;
        this.runs = runs;
        this.instances = instances;
        this.cluster = cluster;
        this.clock = clock;
    }

    /** Updates a run that was just read or written. */
    public void saw(Run run) {
        rows.saw(run);
    }

    /** Reads from storage what has ended unnoticed, given the active runs. */
    public Uni<Void> sweep(Set<RunId> active) {
        return Multi.createFrom()
                .iterable(rows.open().stream()
                        .filter(row -> row.runHasEnded() || !active.contains(row.run()))
                        .toList())
                .onItem()
                .transformToUni(this::look)
                .merge(AT_ONCE)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> look(RunRows.Shown row) {
        return row.runHasEnded()
                ? lookAtInstance(row)
                : runs.find(row.run())
                        .invoke(found -> found.ifPresentOrElse(
                                rows::saw,
                                () -> rows.forget(row.row().path("id").asText())))
                        .replaceWithVoid();
    }

    private Uni<Void> lookAtInstance(RunRows.Shown row) {
        InstanceId id = new InstanceId(row.row().path("id").asText());
        return instances
                .find(id)
                .invoke(found -> found.ifPresentOrElse(
                        instance -> rows.saw(id, instance.status(), instance.updated()), () -> rows.forget(id.text())))
                .replaceWithVoid();
    }

    /** Writes changes if a second has passed since the last write. */
    public Uni<Void> write() {
        Instant now = clock.instant();
        if (Duration.between(at, now).compareTo(PACE) < 0) {
            return Uni.createFrom().voidItem();
        }
        if (written.conflict()) {
            return takeOver(now);
        }
        Seen seen = look(now);
        boolean due = Duration.between(at, now).compareTo(LONGEST) >= 0;
        return seen.equals(last) && !due ? Uni.createFrom().voidItem() : put(seen, now);
    }

    private Seen look(Instant now) {
        Optional<Cluster> around = cluster.get();
        List<ObjectNode> shown = rows.shown(now);
        return new Seen(shown, counts(around), around);
    }

    private ObjectNode state(Seen seen, Instant now) {
        series.add(now, seen.counts());
        ObjectNode state = DashboardBlob.empty().put("at", RunRow.seconds(now));
        state.set("series", series.json());
        state.putArray("rows").addAll(seen.rows());
        seen.cluster().ifPresent(c -> state.set("cluster", ClusterJson.write(c)));
        return state;
    }

    private Counts counts(Optional<Cluster> seen) {
        return new Counts(Arrays.asList(
                rows.waiting(),
                rows.inFlight(),
                seen.map(Dashboard::workers).orElse(null),
                seen.map(c -> c.pods().size()).orElse(null),
                seen.map(c -> c.nodes().size()).orElse(null)));
    }

    private static int workers(Cluster cluster) {
        return (int) cluster.pods().stream()
                .filter(pod -> pod.role().equals("worker") && pod.phase().equals("Running"))
                .count();
    }

    private Uni<Void> put(Seen seen, Instant now) {
        ByteBuffer state = ByteBuffer.wrap(DashboardBlob.write(state(seen, now)));
        at = now;
        return blobs.put(DashboardBlob.NAME, List.of(state), TYPE, condition())
                .invoke(result -> {
                    written = result;
                    last = result.conflict() ? null : seen;
                })
                .replaceWithVoid();
    }

    private Condition condition() {
        return written.etag().<Condition>map(Condition.IfMatch::new).orElse(Condition.IF_ABSENT);
    }

    /** Continues from what another watcher has written; an unreadable blob is replaced. */
    private Uni<Void> takeOver(Instant now) {
        return blobs.readIfChanged(DashboardBlob.NAME, null).flatMap(reading -> switch (reading) {
            case Reading.Changed(BlobStore.Content content) -> {
                written = new Written(Optional.of(content.etag()));
                restore(content.bytes(), now);
                yield Uni.createFrom().voidItem();
            }
            default -> put(look(now), now);
        });
    }

    private void restore(byte[] bytes, Instant now) {
        try {
            ObjectNode state = DashboardBlob.read(bytes);
            series = Series.read(state.path("series"), now);
            rows.restore(state.path("rows"));
            at = Instant.ofEpochMilli((long) (state.path("at").asDouble() * 1000));
        } catch (Permanent e) {
            series = new Series();
        }
    }

    /** Knows the cluster around this watcher. There may be no such bean. */
    public interface ClusterSource {

        /** The current state, without a request; empty while nothing is known. */
        Optional<Cluster> now();
    }
}
