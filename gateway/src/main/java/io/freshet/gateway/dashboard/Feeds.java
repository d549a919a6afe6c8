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

/** The feeds that are watched now, or were a moment ago. */
@Singleton
final class Feeds {
    private static final Logger LOG = Logger.getLogger(Feeds.class);
    private static final long PACE_MILLIS = 500;
    private static final long TICKS_A_BEAT = Feed.HEARTBEAT_SECONDS * 1000 / PACE_MILLIS;
    /** Feeds without viewers are kept for those who come back. */
    private static final int KEPT = 32;

    private final BlobStore blobs;
    private final RunLookup lookup;
    private final Clock clock;
    private final String epoch = UUID.randomUUID().toString().substring(0, 8);
    private final Feed<?> overview;
    private final Map<Key, Feed<?>> others = new LinkedHashMap<>(16, 0.75f, true);
    private long ticks;
    private int made;

    Feeds(BlobStore blobs, RunLookup lookup, Clock clock) {
        this.blobs = blobs;
        this.lookup = lookup;
        this.clock = clock;
        this.overview = new Feed<>(new OverviewView(blobs, null), clock, epoch);
    }

    void onStart(@Observes StartupEvent event, Vertx vertx) {
        vertx.setPeriodic(PACE_MILLIS, id -> tick());
    }

    /** Clients reconnect to another gateway. */
    void onStop(@Observes ShutdownDelayInitiatedEvent event) {
        all().forEach(Feed::end);
    }

    /**
     * What is watched, and by whom: viewers who see only their own runs have feeds of their own.
     *
     * @param run its id; "" for all
     * @param owner whose runs alone are shown; null for everybody's
     */
    private record Key(String run, @Nullable String owner) {}

    /** @param owner whose runs alone are shown; null for everybody's */
    Feed<?> overview(@Nullable String owner) {
        return owner == null ? overview : of(new Key("", owner));
    }

    /**
     * Fails with a problem that names the id if there is no such run.
     *
     * @param owner whose runs alone are shown; null for everybody's
     */
    Uni<Feed<?>> ofRun(String id, @Nullable String owner) {
        Key key = new Key(id, owner);
        Feed<?> known = known(key);
        return known != null && known.hasViewers()
                ? Uni.createFrom().item(known)
                : lookup.first(id, owner).map(found -> of(key));
    }

    private synchronized @Nullable Feed<?> known(Key key) {
        return others.get(key);
    }

    private synchronized Feed<?> of(Key wanted) {
        Feed<?> feed = others.computeIfAbsent(wanted, key -> new Feed<>(view(key), clock, epoch + "." + ++made));
        if (others.size() > KEPT) {
            others.entrySet()
                    .removeIf(other -> others.size() > KEPT
                            && other.getValue() != feed
                            && !other.getValue().hasViewers());
        }
        return feed;
    }

    private View<?> view(Key key) {
        return key.run().isEmpty()
                ? new OverviewView(blobs, key.owner())
                : new RunView(lookup, new RunPods(blobs), key.run(), key.owner());
    }

    private void tick() {
        ticks++;
        for (Feed<?> feed : all()) {
            if (ticks % TICKS_A_BEAT == 0) {
                feed.beat();
            }
            feed.refresh()
                    .subscribe()
                    .with(done -> {}, t -> LOG.warnf("The dashboard could not be refreshed: %s", t.getMessage()));
        }
    }

    private synchronized List<Feed<?>> all() {
        List<Feed<?>> all = new ArrayList<>(others.values());
        all.add(overview);
        return all;
    }
}
