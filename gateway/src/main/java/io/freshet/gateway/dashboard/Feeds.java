package io.freshet.gateway.dashboard;

import io.freshet.storage.BlobStore;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What is looked at now, and was a moment ago. */
@Singleton
final class Feeds {
    private static final Logger LOG = Logger.getLogger(Feeds.class);
    private static final long PACE_MILLIS = 500;
    private static final long TICKS_A_BEAT = Feed.HEARTBEAT_SECONDS * 1000 / PACE_MILLIS;
    /** Those that nobody looks at are kept for who comes back. */
    private static final int KEPT = 32;

    private final BlobStore blobs;
    private final RunLooks looks;
    private final Clock clock;
    private final String epoch = UUID.randomUUID().toString().substring(0, 8);
    private final Feed<?> overview;
    private final Map<String, Feed<?>> runs = new LinkedHashMap<>(16, 0.75f, true);
    private long ticks;
    private int made;

    Feeds(BlobStore blobs, RunLooks looks, Clock clock) {
        this.blobs = blobs;
        this.looks = looks;
        this.clock = clock;
        this.overview = new Feed<>(new OverviewSight(blobs), clock, epoch);
    }

    void onStart(@Observes StartupEvent event, Vertx vertx) {
        vertx.setPeriodic(PACE_MILLIS, id -> tick());
    }

    /** Another gateway goes on for those who come back. */
    void onStop(@Observes ShutdownDelayInitiatedEvent event) {
        all().forEach(Feed::end);
    }

    Feed<?> overview() {
        return overview;
    }

    /** Fails with a problem that names the id if there is no such run. */
    Uni<Feed<?>> ofRun(String id) {
        Feed<?> known = known(id);
        return known != null && known.hasLookers()
                ? Uni.createFrom().item(known)
                : looks.first(id).map(found -> of(id));
    }

    private synchronized @Nullable Feed<?> known(String id) {
        return runs.get(id);
    }

    private synchronized Feed<?> of(String id) {
        Feed<?> feed = runs.computeIfAbsent(
                id, key -> new Feed<>(new RunSight(looks, new RunPods(blobs), key), clock, epoch + "." + ++made));
        if (runs.size() > KEPT) {
            runs.entrySet()
                    .removeIf(other -> runs.size() > KEPT
                            && other.getValue() != feed
                            && !other.getValue().hasLookers());
        }
        return feed;
    }

    private void tick() {
        ticks++;
        for (Feed<?> feed : all()) {
            if (ticks % TICKS_A_BEAT == 0) {
                feed.beat();
            }
            feed.refresh().subscribe().with(done -> {}, t -> LOG.warnf("The dashboard is not fed: %s", t.getMessage()));
        }
    }

    private synchronized List<Feed<?>> all() {
        List<Feed<?>> all = new ArrayList<>(runs.values());
        all.add(overview);
        return all;
    }
}
