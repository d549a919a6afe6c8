package io.freshet.storage;

import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;
import io.freshet.failure.Transient;
import io.freshet.instance.Instance;
import io.freshet.instance.InstanceId;
import io.freshet.instance.RuntimeStatus;
import io.freshet.storage.BlobStore.Attributes;
import io.freshet.storage.BlobStore.Condition;
import io.freshet.storage.BlobStore.Content;
import io.freshet.storage.BlobStore.Listing;
import io.freshet.storage.BlobStore.Written;
import io.freshet.storage.InstancePage.InstancePages;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The documents of instances, and the markers that say when to reconcile them. Documents change only by
 * compare-and-set. Every change that requires action is marked before it is made, so that a lost message loses nothing.
 */
@Singleton
public final class InstanceStore {
    private static final String JSON = "application/json";
    private static final Attributes MARK = Attributes.ofType("text/plain");
    private static final int RACES = 20;
    private static final Duration FIRST_WAIT = Duration.ofMillis(10);
    private static final Duration LONGEST_WAIT = Duration.ofMillis(500);

    private final BlobStore blobs;
    private final Remains remains;

    public InstanceStore(BlobStore blobs) {
        this.blobs = blobs;
        this.remains = new Remains(blobs);
    }

    /** The instance with this id; empty if there is none or it was purged. */
    public Uni<Optional<Instance>> find(InstanceId id) {
        return blobs.read(InstanceFiles.document(id))
                .map(found ->
                        found.flatMap(c -> InstanceDocument.read(c.bytes()).instance()));
    }

    /**
     * Starts an instance, replacing a finished one with the same id, if any.
     *
     * @param start creates the instance for a generation
     * @return empty if it was started, otherwise the status of the unfinished instance with this id
     */
    public Uni<Optional<RuntimeStatus>> start(InstanceId id, IntFunction<Instance> start) {
        return start(id, start, finished -> true);
    }

    /**
     * Like {@link #start(InstanceId, IntFunction)}, but replaces a finished instance only if that is allowed.
     *
     * @return empty if it was started, otherwise the status of the instance with this id
     */
    public Uni<Optional<RuntimeStatus>> start(
            InstanceId id, IntFunction<Instance> start, Predicate<Instance> mayBeReplaced) {
        return racing(
                () -> blobs.read(InstanceFiles.document(id)).flatMap(found -> place(found, start, mayBeReplaced)));
    }

    private Uni<Optional<RuntimeStatus>> place(
            Optional<Content> found, IntFunction<Instance> start, Predicate<Instance> mayBeReplaced) {
        if (found.isEmpty()) {
            return put(start.apply(0), Condition.IF_ABSENT).replaceWith(Optional.empty());
        }
        InstanceDocument.Found before = InstanceDocument.read(found.get().bytes());
        Instance after = start.apply(before.generation() + 1);
        Optional<Instance> holder = before.instance();
        if (holder.isPresent()
                && holder.get().execution().token().equals(after.execution().token())) {
            return Uni.createFrom().item(Optional.empty()); // ours: the response to the first attempt was lost
        }
        boolean stays = holder.filter(h -> !h.status().isFinished() || !mayBeReplaced.test(h))
                .isPresent();
        return stays
                ? Uni.createFrom().item(holder.map(Instance::status))
                : left(holder)
                        .chain(() ->
                                put(after, new Condition.IfMatch(found.get().etag())))
                        .replaceWith(Optional.empty());
    }

    private Uni<Void> left(Optional<Instance> holder) {
        return holder.map(instance -> remains.leave(InstanceSummary.of(instance)))
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    /** Whether the instance of this generation was purged, replaced or never existed. */
    public Uni<Boolean> isGone(InstanceId id, int generation) {
        return summary(id)
                .map(found -> found.filter(i -> i.generation() == generation).isEmpty());
    }

    /** The token of the current instance with this id, if there is one. */
    public Uni<Optional<String>> execution(InstanceId id) {
        return summary(id).map(found -> found.map(InstanceSummary::execution));
    }

    private Uni<Optional<InstanceSummary>> summary(InstanceId id) {
        return blobs.describe(InstanceFiles.document(id)).map(found -> found.flatMap(InstanceSummary::of));
    }

    /**
     * Applies a change to the latest state, again if another writer was faster; writes nothing if the change returns an
     * equal instance. It is applied only once even if the response to the first write was lost. Fails with NOT_FOUND if
     * there is no such instance, and with whatever the change throws.
     */
    public Uni<Instance> update(InstanceId id, UnaryOperator<Instance> change) {
        AtomicReference<@Nullable Instance> written = new AtomicReference<>();
        return racing(() -> blobs.read(InstanceFiles.document(id)).flatMap(found -> {
            Instance before = found.flatMap(
                            c -> InstanceDocument.read(c.bytes()).instance())
                    .orElseThrow(() -> new Permanent(FailureCode.NOT_FOUND, "There is no instance '" + id + "'"));
            Instance after = before.equals(written.get()) ? before : change.apply(before);
            written.set(after);
            return after.equals(before)
                    ? Uni.createFrom().item(before)
                    : put(after, new Condition.IfMatch(found.get().etag()));
        }));
    }

    /** One page of instances by id, with their documents. */
    public Uni<InstancePage> page(InstanceFilter filter, InstancePage.Position at, int size) {
        return new InstancePages(blobs, this).page(filter, at, size);
    }

    /**
     * Purges a finished instance, even if its document changes concurrently: it is no longer found, and never confused
     * with the next one of its id. Its runs, inputs, outputs and events are removed later by a sweep.
     *
     * @return number of purged instances, 1 or 0
     */
    public Uni<Integer> purge(Instance instance, Instant at) {
        return purgeLatest(InstanceSummary.of(instance), at);
    }

    /** Purges all selected finished instances, like {@link #purge(Instance, Instant)}; emits 1 or 0 for each. */
    public Multi<Integer> purge(InstanceFilter filter, Instant at, int atOnce) {
        return Listings.blobs(blobs, filter.names(), Listing.Detail.WITH_METADATA)
                .onItem()
                .transformToIterable(blob -> InstanceSummary.of(blob).stream().toList())
                .filter(instance -> instance.status().isFinished() && filter.accepts(instance))
                .onItem()
                .transformToUni(listed -> purge(listed, at)
                        .onFailure(InstanceStore::isRace)
                        .recoverWithUni(() -> purgeLatest(listed, at)))
                .merge(atOnce);
    }

    private Uni<Integer> purgeLatest(InstanceSummary instance, Instant at) {
        return racing(() -> latest(instance)
                .flatMap(found -> found.isEmpty() ? purgedBefore(instance.id(), at) : purge(found.get(), at)));
    }

    /** 1 if it was this purge, and the response was lost. */
    private Uni<Integer> purgedBefore(InstanceId id, Instant at) {
        return blobs.describe(InstanceFiles.document(id))
                .map(found -> found.filter(blob -> blob.metadata().equals(InstanceSummary.purged(at)))
                                .isPresent()
                        ? 1
                        : 0);
    }

    /** The same instance as it is now, if it still exists and is finished. */
    private Uni<Optional<InstanceSummary>> latest(InstanceSummary instance) {
        return summary(instance.id())
                .map(found ->
                        found.filter(s -> s.status().isFinished() && s.created().equals(instance.created())));
    }

    private Uni<Integer> purge(InstanceSummary instance, Instant at) {
        return remains.leave(instance)
                .chain(() -> blobs.put(
                        InstanceFiles.document(instance.id()),
                        List.of(ByteBuffer.wrap(InstanceDocument.purged(instance.generation()))),
                        new Attributes(JSON, InstanceSummary.purged(at)),
                        new Condition.IfMatch(instance.etag())))
                .map(written -> accepted(written, instance.id()))
                .replaceWith(1);
    }

    /** Marks an instance to be reconciled at a time. */
    public Uni<Void> markWaiting(InstanceId id, Instant due) {
        return blobs.put(InstanceFiles.waiting(due, id), List.of(), MARK, Condition.ALWAYS)
                .replaceWithVoid();
    }

    /** The markers that are due, earliest first. */
    public Multi<Mark> due(Instant now) {
        String until = InstanceFiles.waitingUntil(now);
        return Listings.blobs(blobs, InstanceFiles.WAITING, Listing.Detail.PLAIN)
                .select()
                .first(blob -> blob.name().compareTo(until) < 0)
                .onItem()
                .transformToIterable(blob ->
                        InstanceFiles.parseWaiting(blob.name()).map(id -> new Mark(id, blob.name())).stream()
                                .toList());
    }

    /** Removes a marker after its instance was reconciled. */
    public Uni<Void> unmark(Mark mark) {
        return blobs.delete(mark.blob(), null).replaceWithVoid();
    }

    /** Marker of an instance to reconcile. */
    public record Mark(InstanceId id, String blob) {

        /** Whether it is due at this time. */
        public boolean isDue(Instant now) {
            return blob.compareTo(InstanceFiles.waitingUntil(now)) < 0;
        }
    }

    private Uni<Instance> put(Instance instance, Condition condition) {
        return blobs.put(
                        InstanceFiles.document(instance.id()),
                        List.of(ByteBuffer.wrap(InstanceDocument.write(instance))),
                        new Attributes(JSON, InstanceSummary.metadata(instance)),
                        condition)
                .map(written -> accepted(written, instance.id()))
                .replaceWith(instance);
    }

    private static Written accepted(Written written, InstanceId id) {
        if (written.conflict()) {
            throw new Transient(FailureCode.CONFLICT, "Instance '" + id + "' was changed at the same time", null);
        }
        return written;
    }

    private static <T> Uni<T> racing(Supplier<Uni<? extends T>> attempt) {
        return Uni.createFrom()
                .<T>deferred(attempt)
                .onFailure(InstanceStore::isRace)
                .retry()
                .withBackOff(FIRST_WAIT, LONGEST_WAIT)
                .atMost(RACES);
    }

    private static boolean isRace(Throwable t) {
        return t instanceof Transient f && f.code() == FailureCode.CONFLICT;
    }
}
