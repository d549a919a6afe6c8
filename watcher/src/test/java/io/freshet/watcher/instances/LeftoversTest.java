package io.freshet.watcher.instances;

import io.freshet.instance.Instance;
import io.freshet.instance.InstanceId;
import io.freshet.run.RunId;
import io.freshet.storage.BlobStore;
import io.freshet.storage.BlobStore.Attributes;
import io.freshet.storage.BlobStore.BlobInfo;
import io.freshet.storage.BlobStore.Condition;
import io.freshet.storage.BlobStore.Listing;
import io.freshet.storage.BlobStore.Listing.Detail;
import io.freshet.storage.InstanceFiles;
import io.freshet.storage.InstanceFilter;
import io.freshet.watcher.reconcile.ReconcilerLab;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import static io.freshet.watcher.instances.InstancesLab.now;
import static org.assertj.core.api.Assertions.assertThat;

/** What is purged or replaced leaves nothing. */
class LeftoversTest {
    private static final InstanceId ID = new InstanceId("a b");
    private static final InstanceFilter ALL = new InstanceFilter("", null, null, Set.of());

    private final ReconcilerLab engine = new ReconcilerLab();
    private final InstancesLab lab = new InstancesLab(engine);

    @Test
    void aPurgedInstanceLeavesItsGenerationAlone() {
        Instance ended = ended("2");
        now(lab.store.purge(ended, engine.clock().instant()));

        now(lab.leftovers.sweep());

        assertThat(blobs()).containsExactlyInAnyOrder("instances/a%20b", "remains/a%20b/0");
        later();
        assertThat(blobs()).containsExactly("instances/a%20b");
    }

    @Test
    void whatAWorkerOfOthersFinishesAfterwardsGoesToo() {
        now(lab.store.purge(ended("2"), engine.clock().instant()));
        now(lab.leftovers.sweep());

        put(engine.outputs(), "a%20b/1.json");
        later();

        assertThat(blobs()).containsExactly("instances/a%20b");
    }

    @Test
    void aReplacedInstanceLeavesNothingAndItsSuccessorIsLeftAlone() {
        Instance before = ended("2");
        Instance after = lab.started(ID, "3");
        now(lab.instances.reconcile(ID));
        now(lab.events.raise(after, "Other", "1", engine.clock().instant()));
        RunId run = now(lab.instances.stepOf(ID)).orElseThrow();

        now(lab.leftovers.sweep());
        later();

        assertThat(before.runs())
                .isNotEmpty()
                .allMatch(old -> now(engine.store().find(old)).isEmpty());
        assertThat(now(engine.store().find(run))).isPresent();
        assertThat(names(engine.inputs(), ""))
                .allMatch(name -> name.startsWith(run + "/"))
                .hasSize(3);
        assertThat(names(engine.outputs(), "")).isEmpty();
        assertThat(names(engine.blobs(), "events/")).hasSize(1);
        assertThat(names(engine.blobs(), "remains/")).isEmpty();
    }

    @Test
    void aPurgeThatNeverCameTakesNothing() {
        Instance ended = ended("2");
        List<String> before = blobs();
        put(engine.blobs(), "remains/a%20b/0");

        now(lab.leftovers.sweep());
        assertThat(names(engine.blobs(), "remains/")).hasSize(1);
        engine.advance(Duration.ofMinutes(11));
        now(lab.leftovers.sweep());

        assertThat(blobs()).isEqualTo(before);
        assertThat(lab.now(ID)).isEqualTo(ended);
    }

    @Test
    void thousandsArePurgedByAFilterAndOneThatWasBrokenOffGoesOn() {
        for (int i = 0; i < 2_000; i++) {
            InstanceId id = new InstanceId("i" + i);
            lab.started(id, "1");
            end(id);
        }

        int first = purge(ALL, 500);
        int rest = purge(ALL, Integer.MAX_VALUE);

        assertThat(first).isEqualTo(500);
        assertThat(rest).isBetween(1_400, 1_500);
        assertThat(purge(ALL, Integer.MAX_VALUE)).isZero();
        now(lab.leftovers.sweep());
        later();
        assertThat(names(engine.blobs(), "")).allMatch(name -> name.startsWith("instances/"));
    }

    private int purge(InstanceFilter filter, int most) {
        return now(lab.store
                        .purge(filter, engine.clock().instant(), 32)
                        .select()
                        .first(most)
                        .collect()
                        .asList())
                .stream()
                .mapToInt(i -> i)
                .sum();
    }

    @Test
    void linesOfNobodyGoAfterADay() {
        Instance instance = lab.started(ID, "2");
        put(engine.blobs(), InstanceFiles.lines(ID, instance.execution().token()));
        put(engine.blobs(), InstanceFiles.lines(ID, "another"));
        put(engine.blobs(), InstanceFiles.lines(new InstanceId("nobody"), "one"));

        now(lab.leftovers.sweepLines());
        assertThat(names(engine.blobs(), "lines/")).hasSize(3);
        engine.advance(Duration.ofHours(25));
        now(lab.leftovers.sweepLines());

        assertThat(names(engine.blobs(), "lines/"))
                .containsExactly(InstanceFiles.lines(ID, instance.execution().token()));
    }

    /** One that has computed, with all that an instance can have. */
    private Instance ended(String input) {
        Instance instance = lab.started(ID, input);
        now(lab.instances.reconcile(ID));
        put(engine.blobs(), InstanceFiles.lines(ID, instance.execution().token()));
        put(engine.outputs(), "a%20b/0.json");
        end(ID);
        now(lab.instances.reconcile(ID));
        now(lab.events.raise(instance, "Late", "1", engine.clock().instant()));
        return lab.now(ID);
    }

    private void end(InstanceId id) {
        now(lab.store.update(id, i -> i.terminate("enough", engine.clock().instant())));
    }

    private void later() {
        engine.advance(Duration.ofMinutes(3));
        now(lab.leftovers.sweep());
    }

    private List<String> blobs() {
        return Stream.of(engine.blobs(), engine.inputs(), engine.outputs())
                .flatMap(store -> names(store, "").stream())
                .toList();
    }

    private static List<String> names(BlobStore store, String prefix) {
        return now(store.list(prefix, Listing.of(Detail.PLAIN))).entries().stream()
                .map(BlobInfo::name)
                .toList();
    }

    private static void put(BlobStore store, String name) {
        now(store.put(
                name,
                List.of(StandardCharsets.UTF_8.encode("{}")),
                Attributes.ofType("application/json"),
                Condition.ALWAYS));
    }
}
