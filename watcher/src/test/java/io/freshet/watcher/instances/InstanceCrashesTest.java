package io.freshet.watcher.instances;

import io.freshet.failure.FailureCode;
import io.freshet.failure.FreshetException;
import io.freshet.instance.Instance;
import io.freshet.instance.InstanceId;
import io.freshet.instance.RuntimeStatus;
import io.freshet.items.InputDocument;
import io.freshet.message.WorkMessage;
import io.freshet.run.RunId;
import io.freshet.run.WorkItem.InputBlob;
import io.freshet.storage.BlobStore;
import io.freshet.storage.BlobStore.Attributes;
import io.freshet.storage.BlobStore.BlobInfo;
import io.freshet.storage.BlobStore.Condition;
import io.freshet.storage.BlobStore.Listing;
import io.freshet.storage.BlobStore.Listing.Detail;
import io.freshet.watcher.reconcile.Mishap;
import io.freshet.watcher.reconcile.ReconcilerLab;
import io.smallrye.mutiny.Uni;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import static io.freshet.watcher.instances.InstancesLab.now;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * An orchestration of two steps with an event between them, once more under its id, and its purge: every change of storage
 * fails once, and with it the process that makes it. Nobody tells anybody of anything: all is found in storage.
 */
class InstanceCrashesTest {
    private static final InstanceId ID = new InstanceId("a b");
    private static final int PATIENCE = 12;

    private ReconcilerLab engine = new ReconcilerLab();
    private InstancesLab lab = new InstancesLab(engine);

    @ParameterizedTest
    @EnumSource
    void whateverFailsComesToTheSameEnd(Mishap.Moment moment) {
        engine.mishap().plan(0, moment);
        play();
        int changes = engine.mishap().seen();
        assertThat(changes).isGreaterThan(50);

        for (int n = 1; n <= changes; n++) {
            engine = new ReconcilerLab();
            lab = new InstancesLab(engine);
            engine.mishap().plan(n, moment);
            try {
                play();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("With a failure " + moment + " change " + n, e);
            }
        }
    }

    private void play() {
        insist(() -> lab.start(ID, "TwoSteps", "{\"inputs\":[[1],[2],[3]]}"));
        insist(() -> now(lab.events.raise(lab.now(ID), "Go", "1", engine.clock().instant())));
        assertThat(end().values().output()).isEqualTo("18");

        insist(() -> lab.start(ID, "TwoSteps", "{\"inputs\":[[10]]}"));
        insist(() -> now(lab.events.raise(lab.now(ID), "go", "1", engine.clock().instant())));
        assertThat(end().values().output()).isEqualTo("30");

        insist(() -> now(lab.store
                .find(ID)
                .flatMap(found -> found.isPresent()
                        ? lab.store.purge(found.get(), engine.clock().instant())
                        : Uni.createFrom().item(0))));
        for (int i = 0; i < PATIENCE; i++) {
            look();
            engine.advance(
                    Duration.ofHours(3)); // a mark of a run that is gone already is taken for an upload, for a day
        }
        assertThat(blobs()).containsExactly("instances/a%20b");
    }

    private Instance end() {
        for (int i = 0; i < 2 * PATIENCE; i++) {
            look();
            if (lab.now(ID).status().isFinished()) {
                assertThat(lab.now(ID).status()).isEqualTo(RuntimeStatus.COMPLETED);
                return lab.now(ID);
            }
        }
        throw new AssertionError("It does not end: " + lab.now(ID));
    }

    /** As a watcher and a worker do from time to time; whoever fails dies. */
    private void look() {
        attempt(() -> now(lab.instances.reconcile(ID)));
        for (RunId run : now(engine.store().active().collect().asList())) {
            attempt(() -> now(engine.reconciler().reconcile(run)));
        }
        List.copyOf(engine.sent()).forEach(message -> attempt(() -> work(message)));
        for (RunId run : now(engine.store().active().collect().asList())) {
            attempt(() -> now(engine.reconciler().reconcile(run)));
            attempt(() -> now(engine.store()
                    .find(run)
                    .flatMap(found -> found.isPresent()
                            ? lab.instances.moved(found.get())
                            : Uni.createFrom().voidItem())));
        }
        attempt(() -> now(lab.leftovers.sweep()));
    }

    private void insist(Runnable request) {
        for (int i = 0; i < 2 && !attempt(request); i++) {}
    }

    private boolean attempt(Runnable action) {
        try {
            action.run();
            return true;
        } catch (RuntimeException e) {
            assertThat(FreshetException.is(e, FailureCode.STORAGE_UNAVAILABLE))
                    .as("%s", e)
                    .isTrue();
            return false;
        } finally {
            engine = engine.restarted();
            lab = new InstancesLab(engine);
        }
    }

    /** A worker of ours: each message comes again and again. */
    private void work(WorkMessage message) {
        if (message instanceof WorkMessage.ComputeItem work
                && now(engine.store().find(work.run()))
                        .filter(r -> r.acceptsWork())
                        .isPresent()) {
            InputBlob blob = (InputBlob) work.item();
            now(engine.outputs()
                    .put(
                            blob.path(),
                            List.of(ByteBuffer.wrap(InputDocument.output(blob, sum(String.valueOf(blob.data()))))),
                            Attributes.ofType("application/json"),
                            Condition.IF_ABSENT));
        }
    }

    private static String sum(String data) {
        int[] total = new int[1];
        InputDocument.json(data).forEach(number -> total[0] += number.asInt());
        return Integer.toString(total[0]);
    }

    private List<String> blobs() {
        return Stream.of(engine.blobs(), engine.inputs(), engine.outputs())
                .flatMap(store -> names(store).stream())
                .toList();
    }

    private static List<String> names(BlobStore store) {
        return now(store.list("", Listing.of(Detail.PLAIN))).entries().stream()
                .map(BlobInfo::name)
                .toList();
    }
}
