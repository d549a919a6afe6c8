package io.freshet.items;

import io.freshet.run.RunId;
import io.freshet.run.SampleRuns;
import io.freshet.run.WorkItem.Part;
import io.freshet.storage.BlobStore.BlobInfo;
import io.freshet.storage.BlobStore.LeaseState;
import io.freshet.storage.RunFiles;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class PartIndexTest {
    private static final RunId RUN = SampleRuns.ID;
    private static final String FOLDER = RunFiles.folder(RUN);
    private static final Part PART = new Part(0, 0, 10, 1, 2);

    @Test
    void noBlobOfOneKindIsTakenForAnother() {
        assertThat(MergeIndex.group(RUN, 11, 0)).doesNotStartWith(MergeIndex.groups(RUN, 1));
        assertThat(MergeIndex.group(RUN, 1, 0)).startsWith(MergeIndex.groups(RUN, 1));
        assertThat(MergeIndex.name(RUN)).doesNotStartWith(PartIndex.all(FOLDER));
        assertThat(MergeIndex.name(RUN)).doesNotStartWith(MergeIndex.groups(RUN, 1));
    }

    @Property
    void anIndexBlobTellsItsPart(
            @ForAll @IntRange(min = 0, max = 999_999_998) int item,
            @ForAll @LongRange(min = 0) long firstByte,
            @ForAll @LongRange(min = 0) long bytes,
            @ForAll @LongRange(min = 0) long lines) {
        ItemIndex index = ItemIndex.open(new Part(item, firstByte, bytes, 17, lines));

        assertThat(PartIndex.read(listed(index))).isEqualTo(index);
    }

    @Property
    void anIndexBlobTellsWhyItsPartFailed(
            @ForAll @CharRange(from = ' ', to = '\uD7FF') @StringLength(max = 250) String reason) {
        ItemIndex failed = ItemIndex.open(PART).failed(reason);

        ItemIndex read = PartIndex.read(listed(failed));

        assertThat(read).isEqualTo(failed);
        assertThat(PartIndex.metadata(PART, failed).get("failure")).matches("[A-Za-z0-9+/=]*");
    }

    @Test
    void anIndexBlobTellsHowOftenItsPartWasTried() {
        ItemIndex tried = ItemIndex.open(PART).attempted().attempted();

        assertThat(PartIndex.read(listed(tried))).isEqualTo(tried);
        assertThat(PartIndex.read(listed(name(tried), PartIndex.metadata(PART, tried), LeaseState.ABANDONED)))
                .as("a lease that ran out is an attempt that nobody could record")
                .isEqualTo(tried.attempted());
    }

    @Test
    void aReasonThatIsTooLongForAHeaderIsCut() {
        ItemIndex failed = ItemIndex.open(PART).failed("x".repeat(5_000));

        ItemIndex read = PartIndex.read(listed(failed));

        assertThat(read.failure()).isEqualTo("x".repeat(1024));
    }

    @Test
    void aBlobThatIsNoIndexIsNone() {
        Map<String, String> complete = PartIndex.metadata(PART, ItemIndex.open(PART));

        assertThat(PartIndex.read(listed(MergeIndex.name(RUN), complete))).isNull();
        assertThat(PartIndex.read(listed(PartLayout.outputName(RUN, 0), complete)))
                .isNull();
        assertThat(PartIndex.read(listed(FOLDER + "ctrl_input_0_0", complete))).isNull();
        assertThat(PartIndex.read(listed(FOLDER + "ctrl_input_1_0", Map.of("bytes", "10"))))
                .isNull();
    }

    @Test
    void aMergeIndexTellsWhyTheMergeCannotBeDone() {
        MergeIndex failed = MergeIndex.failed("an output is gone – for good");

        assertThat(MergeIndex.of(listed(MergeIndex.name(RUN), failed.metadata())))
                .isEqualTo(failed);
        assertThat(MergeIndex.of(listed(MergeIndex.name(RUN), MergeIndex.open().metadata())))
                .isEqualTo(MergeIndex.open());
    }

    private static BlobInfo listed(ItemIndex index) {
        return listed(name(index), PartIndex.metadata((Part) index.item(), index));
    }

    private static String name(ItemIndex index) {
        return PartLayout.indexName(RUN, (Part) index.item());
    }

    private static BlobInfo listed(String name, Map<String, String> metadata) {
        return listed(name, metadata, LeaseState.FREE);
    }

    private static BlobInfo listed(String name, Map<String, String> metadata, LeaseState lease) {
        return new BlobInfo(name, 0, "\"0x1\"", "text/plain", Instant.EPOCH, metadata, lease);
    }
}
