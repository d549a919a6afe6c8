package io.freshet.watcher.reconcile;

import io.freshet.items.PartLayout;
import io.freshet.run.RunId;
import io.freshet.run.SampleRuns;
import io.freshet.storage.BlobStore.Attributes;
import io.freshet.storage.BlobStore.BlobInfo;
import io.freshet.storage.BlobStore.Condition;
import io.freshet.storage.BlobStore.Listing.Detail;
import io.freshet.storage.Listings;
import io.freshet.storage.RunFiles;
import io.freshet.storage.RunStore;
import io.freshet.testing.InMemoryBlobStore;
import io.freshet.testing.MovableClock;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class AbandonedUploadsTest {
    private static final RunId ID = SampleRuns.ID;
    private static final Duration DAY = Duration.ofDays(1);

    private final MovableClock clock = new MovableClock(Instant.EPOCH);
    private final InMemoryBlobStore blobs = new InMemoryBlobStore(clock);
    private final RunStore store = new RunStore(blobs);
    private final WatcherConfig config =
            new SmallRyeConfigBuilder().withMapping(WatcherConfig.class).build().getConfigMapping(WatcherConfig.class);
    private final Removal removal = new Removal(blobs, store, clock, config);
    private final AbandonedUploads uploads = new AbandonedUploads(store, removal, clock, config);

    @Test
    void allOfAnOldUploadIsRemoved() {
        upload();
        clock.advance(DAY.plusSeconds(1));

        now(uploads.sweep());

        assertThat(names()).isEmpty();
    }

    @Test
    void anUploadThatMayStillBeUnderWayIsLeftAlone() {
        upload();
        List<String> before = names();
        clock.advance(DAY.minusSeconds(1));

        now(uploads.sweep());

        assertThat(names()).isEqualTo(before);
    }

    @Test
    void aReleaseThatIsUnderWayAfterALongUploadIsLeftAlone() {
        upload();
        clock.advance(DAY.plusSeconds(1));
        now(store.markActive(ID));
        List<String> before = names();

        now(uploads.sweep());

        assertThat(names()).isEqualTo(before);
    }

    @Test
    void aReleaseThatWasCutShortIsRemovedWhenNobodyHasFinishedIt() {
        upload();
        now(store.markActive(ID));
        clock.advance(DAY.plusSeconds(1));

        now(removal.ofAbandoned(ID));

        assertThat(names()).isEmpty();
    }

    @Test
    void onlyTheMarkerIsTakenFromAnUploadThatBecameARun() {
        upload();
        now(store.markActive(ID));
        now(store.create(SampleRuns.running()));
        List<String> before = names();
        clock.advance(DAY.plusSeconds(1));

        now(uploads.sweep());

        assertThat(names())
                .containsExactlyElementsOf(before.stream()
                        .filter(name -> !name.startsWith(RunFiles.UPLOADING_PREFIX))
                        .toList());
    }

    @Test
    void itIsDoneOnceAnHour() {
        assertThat(uploads.interval()).isEqualTo(Duration.ofHours(1));
    }

    private void upload() {
        now(store.markUploading(ID));
        put(RunFiles.input(ID));
        put(PartLayout.indexName(ID, Lab.part(1)));
    }

    private void put(String blob) {
        now(blobs.put(blob, List.of(), Attributes.ofType("text/plain"), Condition.ALWAYS));
    }

    private List<String> names() {
        return now(Listings.blobs(blobs, "", Detail.PLAIN)
                .map(BlobInfo::name)
                .collect()
                .asList());
    }

    private static <T> T now(Uni<T> action) {
        return action.await().indefinitely();
    }
}
