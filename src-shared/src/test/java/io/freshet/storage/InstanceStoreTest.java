package io.freshet.storage;

import io.freshet.failure.FailureCode;
import io.freshet.failure.FreshetException;
import io.freshet.instance.Instance;
import io.freshet.instance.InstanceId;
import io.freshet.instance.RaisedEvent;
import io.freshet.instance.RuntimeStatus;
import io.freshet.instance.SampleInstances;
import io.freshet.testing.InMemoryBlobStore;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;

import static io.freshet.instance.SampleInstances.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class InstanceStoreTest {
    private final InMemoryBlobStore blobs = new InMemoryBlobStore(Clock.systemUTC());
    private final InstanceStore store = new InstanceStore(blobs);
    private final RaisedEvents events = new RaisedEvents(blobs);

    @Test
    void everyInstanceIsReadAsItWasWritten() {
        for (Instance instance : SampleInstances.all()) {
            assertThat(InstanceDocument.read(InstanceDocument.write(instance)).instance())
                    .hasValue(instance);
        }
    }

    @Test
    void anUnfinishedInstanceKeepsItsId() {
        assertThat(start("a", "one")).isNull();
        assertThat(start("a", "two")).isEqualTo(RuntimeStatus.PENDING);

        assertThat(find("a").execution().token()).isEqualTo("one");
    }

    @Test
    void aFinishedInstanceIsReplacedByOneOfTheNextGeneration() {
        start("a", "one");
        finish("a");

        assertThat(start("a", "two")).isNull();

        assertThat(find("a").execution()).isEqualTo(new Instance.Execution("two", 1));
        assertThat(find("a").history()).hasSize(1);
    }

    @Test
    void aStartWhoseAnswerWasLostIsOneStart() {
        start("a", "one");

        assertThat(start("a", "one")).isNull();
        assertThat(find("a").execution().generation()).isZero();
    }

    @Test
    void aPurgedInstanceIsGoneAndItsIdRemembersIt() {
        start("a", "one");
        finish("a");

        assertThat(await(store.purge(find("a"), T0))).isEqualTo(1);

        assertThat(await(store.find(new InstanceId("a")))).isEmpty();
        assertThat(listed("", 10)).isEmpty();
        start("a", "two");
        assertThat(find("a").isFirstOfItsId()).isFalse();
    }

    @Test
    void anUnfinishedInstanceIsNotPurged() {
        start("a", "one");

        assertThat(await(store.purge(find("a"), T0))).isZero();
        assertThat(await(store.find(new InstanceId("a")))).isPresent();
    }

    @Test
    void anInstanceIsPurgedThatSomebodyChangesAtThatMoment() {
        start("a", "one");
        finish("a");
        assertThat(await(changing("a").purge(find("a"), T0))).isEqualTo(1);

        start("b", "two");
        finish("b");
        List<Integer> purged = await(
                changing("b").purge(filter("b", Set.of()), T0, 4).collect().asList());

        assertThat(purged).containsExactly(1);
        assertThat(listed("", 10)).isEmpty();
    }

    @Test
    void aPurgeByFilterTakesFinishedOnesOnly() {
        start("a-1", "one");
        finish("a-1");
        start("a-2", "two");
        start("b-1", "three");
        finish("b-1");

        assertThat(purged(filter("a", Set.of()))).isEqualTo(1);
        assertThat(purged(filter("", Set.of(RuntimeStatus.RUNNING, RuntimeStatus.FAILED))))
                .isZero();
        assertThat(listed("", 10)).containsExactly("a-2", "b-1");
    }

    @Test
    void aPageEndsWhereTheNextBegins() {
        List<String> ids = List.of("a", "b", "c", "d", "größe");
        ids.forEach(id -> start(id, id));
        finish("b");

        assertThat(listed("", 2)).containsExactlyElementsOf(ids);
        assertThat(listed("gr", 2)).containsExactly("größe");
        InstancePage all = await(store.page(filter("", Set.of()), InstancePage.Position.BEGINNING, 5));
        assertThat(all.next()).isNull();
        InstancePage none = await(store.page(filter("", Set.of()), InstancePage.Position.BEGINNING, 0));
        assertThat(none.instances()).isEmpty();
        assertThat(none.next()).isEqualTo(InstancePage.Position.BEGINNING);
        InstancePage pending =
                await(store.page(filter("", Set.of(RuntimeStatus.PENDING)), InstancePage.Position.BEGINNING, 2));
        assertThat(pending.instances()).extracting(i -> i.id().text()).containsExactly("a", "c");
    }

    @Test
    void thereIsNothingToChangeInWhatIsNotThere() {
        assertThatThrownBy(() -> await(store.update(new InstanceId("a"), i -> i)))
                .satisfies(t -> assertThat(FreshetException.is(t, FailureCode.NOT_FOUND))
                        .isTrue());
    }

    @Test
    void marksComeWhenTheirTimeHasCome() {
        InstanceId id = new InstanceId("größe 7");
        await(store.markWaiting(id, T0.plusSeconds(60)));
        await(store.markWaiting(id, T0));
        await(store.markWaiting(new InstanceId("a"), T0.plusSeconds(1)));

        assertThat(due(T0.plusSeconds(1))).extracting(InstanceStore.Mark::id).containsExactly(id, new InstanceId("a"));
        due(T0.plusSeconds(1)).forEach(mark -> await(store.unmark(mark)));
        assertThat(due(T0.plusSeconds(59))).isEmpty();
        assertThat(due(T0.plusSeconds(60))).hasSize(1);
    }

    @Test
    void eventsAreKeptUntilSomebodyTakesThem() {
        Instance instance = SampleInstances.waiting();
        await(events.raise(instance, "GO", "2", T0.plusSeconds(2)));
        await(events.raise(instance, "go", "1", T0.plusSeconds(1)));
        await(events.raise(instance, "Other", "3", T0));

        RaisedEvent first = await(events.first(instance, "Go")).orElseThrow();
        assertThat(first.payload()).isEqualTo("1");
        assertThat(first.name()).isEqualTo("go");
        await(events.consume(first));
        assertThat(await(events.first(instance, "Go")).orElseThrow().payload()).isEqualTo("2");
        assertThat(await(events.untaken(instance, 10)))
                .extracting(RaisedEvent::payload)
                .containsExactlyInAnyOrder("2", "3");
    }

    @Test
    void anEventThatWasTakenIsNotTakenTwiceIfItIsStillThere() {
        Instance instance = SampleInstances.waiting();
        await(events.raise(instance, "Go", "1", T0));
        RaisedEvent event = await(events.first(instance, "Go")).orElseThrow();

        Instance after = instance.received(event, T0);

        assertThat(await(events.first(after, "Go"))).isEmpty();
    }

    @Test
    void eventsOfTheInstanceThatHadTheIdBeforeAreNobodys() {
        Instance before = SampleInstances.pending();
        await(events.raise(before, "Go", "1", T0));
        Instance after = SampleInstances.started(before.id(), "two");

        assertThat(await(events.first(after, "Go"))).isEmpty();
        await(events.removeAll(before));
        assertThat(await(events.untaken(before, 10))).isEmpty();
    }

    @Test
    void anOwnersInstancesAreListedAndPurgedByTheOwner() {
        startOf("a", "oidc:some/one é");
        startOf("b", "other");
        start("c", "nobodys");
        List.of("a", "b", "c").forEach(this::finish);

        InstanceFilter ours = new InstanceFilter("", null, null, Set.of(), "oidc:some/one é");
        assertThat(await(store.page(ours, InstancePage.Position.BEGINNING, 10)).instances())
                .extracting(i -> i.id().text())
                .containsExactly("a");
        assertThat(purged(ours)).isEqualTo(1);
        assertThat(listed("", 10)).containsExactly("b", "c");
    }

    @Test
    void aFinishedInstanceStaysThatMayNotBeReplaced() {
        startOf("a", "owner");
        finish("a");
        Instance another = SampleInstances.started(new InstanceId("a"), "two");

        assertThat(await(store.start(new InstanceId("a"), g -> another, finished -> false)))
                .hasValue(RuntimeStatus.COMPLETED);
        assertThat(find("a").request().owner()).isEqualTo("owner");
    }

    @Test
    void aPurgeWhoseAnswerWasLostIsAPurge() {
        start("a", "one");
        finish("a");
        InstanceStore deaf = between((method, arguments) -> {
            Object answer = method.invoke(blobs, arguments);
            boolean isDocument = method.getName().equals("put") && arguments[0].equals("instances/a");
            return isDocument ? ((Uni<?>) answer).replaceWith(BlobStore.Written.CONFLICT) : answer;
        });

        assertThat(await(deaf.purge(find("a"), T0))).isEqualTo(1);
        assertThat(await(deaf.purge(SampleInstances.waiting(), T0))).isZero();
    }

    private interface Between {
        Object call(Method method, Object[] arguments) throws Throwable;
    }

    private InstanceStore between(Between between) {
        return new InstanceStore((BlobStore) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {BlobStore.class},
                (p, method, a) -> between.call(method, a)));
    }

    /** Between what a purge has seen and what it writes, somebody else changes the document, once. */
    private InstanceStore changing(String id) {
        AtomicBoolean changed = new AtomicBoolean();
        return between((method, arguments) -> {
            if (method.getName().equals("put") && !changed.getAndSet(true)) {
                await(store.update(new InstanceId(id), i -> i.showing("\"late\"", null)));
            }
            return method.invoke(blobs, arguments);
        });
    }

    private void startOf(String id, String owner) {
        await(store.start(
                new InstanceId(id),
                generation -> Instance.started(
                        new InstanceId(id),
                        new Instance.Request("Echo", null, "1", null, owner),
                        new Instance.Execution("token of " + id, generation),
                        T0)));
    }

    private @Nullable RuntimeStatus start(String id, String token) {
        IntFunction<Instance> start = generation -> Instance.started(
                new InstanceId(id),
                new Instance.Request("Echo", null, "1", null),
                new Instance.Execution(token, generation),
                T0);
        return await(store.start(new InstanceId(id), start)).orElse(null);
    }

    private void finish(String id) {
        await(store.update(new InstanceId(id), i -> i.completed("1", T0)));
    }

    private Instance find(String id) {
        return await(store.find(new InstanceId(id))).orElseThrow();
    }

    private List<String> listed(String prefix, int size) {
        List<String> ids = new ArrayList<>();
        InstancePage.Position at = InstancePage.Position.BEGINNING;
        while (at != null) {
            InstancePage page = await(store.page(filter(prefix, Set.of()), at, size));
            page.instances().forEach(i -> ids.add(i.id().text()));
            at = page.next();
        }
        return ids;
    }

    private int purged(InstanceFilter filter) {
        return await(store.purge(filter, T0, 4).collect().asList()).stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    private List<InstanceStore.Mark> due(Instant now) {
        return await(store.due(now).collect().asList());
    }

    private static InstanceFilter filter(String prefix, Set<RuntimeStatus> statuses) {
        return new InstanceFilter(prefix, null, null, statuses);
    }

    private static <T> T await(Uni<T> uni) {
        return uni.await().indefinitely();
    }
}
