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
    private final Map<Key, Feed<?>> others = new LinkedHashMap<>(16, 0.75f, true);
    private long ticks;
    private int made;

    Feeds(BlobStore blobs, RunLooks looks, Clock clock) {
        this.blobs = blobs;
        this.looks = looks;
        this.clock = clock;
        this.overview = new Feed<>(new OverviewSight(blobs, null), clock, epoch);
    }

    void onStart(@Observes StartupEvent event, Vertx vertx) {
        vertx.setPeriodic(PACE_MILLIS, id -> tick());
    }

    /** Another gateway goes on for those who come back. */
    void onStop(@Observes ShutdownDelayInitiatedEvent event) {
        all().forEach(Feed::end);
    }

    /**
     * What is looked at, and by whom: those who see their own runs alone have feeds of their own.
     *
     * @param run its id; "" for all
     * @param owner whose runs are to be seen alone; null for everybody's
     */
    private record Key(String run, @Nullable String owner) {}

    /** @param owner whose runs are to be seen alone; null for everybody's */
    Feed<?> overview(@Nullable String owner) {
        return owner == null ? overview : of(new Key("", owner));
    }

    /**
     * Fails with a problem that names the id if there is no such run.
     *
     * @param owner whose runs are to be seen alone; null for everybody's
     */
    Uni<Feed<?>> ofRun(String id, @Nullable String owner) {
        Key key = new Key(id, owner);
        Feed<?> known = known(key);
        return known != null && known.hasLookers()
                ? Uni.createFrom().item(known)
                : looks.first(id, owner).map(found -> of(key));
    }

    private synchronized @Nullable Feed<?> known(Key key) {
        return others.get(key);
    }

    private synchronized Feed<?> of(Key wanted) {
        Feed<?> feed = others.computeIfAbsent(wanted, key -> new Feed<>(sight(key), clock, epoch + "." + ++made));
        if (others.size() > KEPT) {
            others.entrySet()
                    .removeIf(other -> others.size() > KEPT
                            && other.getValue() != feed
                            && !other.getValue().hasLookers());
        }
        return feed;
    }

    private Sight<?> sight(Key key) {
        return key.run().isEmpty()
                ? new OverviewSight(blobs, key.owner())
                : new RunSight(looks, new RunPods(blobs), key.run(), key.owner());
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
        List<Feed<?>> all = new ArrayList<>(others.values());
        all.add(overview);
        return all;
    }
}
