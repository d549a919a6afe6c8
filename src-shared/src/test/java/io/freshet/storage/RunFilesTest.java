package io.freshet.storage;

import io.freshet.run.Part;
import io.freshet.run.RunId;
import io.freshet.run.SampleRuns;
import io.freshet.storage.BlobStore.BlobInfo;
import io.freshet.storage.BlobStore.LeaseState;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class RunFilesTest {
    private static final RunId RUN = SampleRuns.ID;

    @Test
    void theNamesAreThoseThatWorkersOfTheOriginalSystemKnow() {
        assertThat(RunFiles.input(RUN)).isEqualTo("2026-11/8405256245329624086/input.json");
        assertThat(RunFiles.output(RUN, 3)).isEqualTo("2026-11/8405256245329624086/output_3.json");
        assertThat(RunFiles.errors(RUN, 3)).isEqualTo("2026-11/8405256245329624086/errors_3.json");
        assertThat(RunFiles.results(RUN)).isEqualTo("2026-11/8405256245329624086/results.json");
        assertThat(RunFiles.document(RUN)).isEqualTo("2026-11/8405256245329624086/run.json");
        assertThat(PartIndex.open(new Part(2, 4711, 10, 100, 5)).name(RUN))
                .isEqualTo("2026-11/8405256245329624086/ctrl_input_2_4711");
    }

    @Test
    void noBlobOfOneKindIsTakenForAnother() {
        assertThat(RunFiles.mergeGroup(RUN, 11, 0)).doesNotStartWith(RunFiles.mergeGroups(RUN, 1));
        assertThat(RunFiles.mergeIndex(RUN)).doesNotStartWith(RunFiles.indexes(RUN));
        assertThat(RunFiles.mergeGroup(RUN, 1, 0)).startsWith(RunFiles.mergeGroups(RUN, 1));
        assertThat(RunFiles.mergeGroup(RUN, 11, 0)).doesNotStartWith(RunFiles.mergeGroups(RUN, 1));
        assertThat(RunFiles.mergeIndex(RUN)).doesNotStartWith(RunFiles.mergeGroups(RUN, 1));
        assertThat(RunFiles.active(RUN)).doesNotStartWith(RunFiles.folder(RUN));
    }

    @Property
    void anOutputsNameTellsRunAndPart(@ForAll @IntRange(min = 1, max = 999_999_999) int part) {
        assertThat(RunFiles.parseOutput(RunFiles.output(RUN, part))).isEqualTo(new RunFiles.OutputName(RUN, part));
    }

    @Test
    void theResultsNameTellsTheRun() {
        assertThat(RunFiles.parseResults(RunFiles.results(RUN))).isEqualTo(RUN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-11/1/output_.json",
                "2026-11/1/output_1.jsonx",
                "2026-11/1/output_1",
                "2026-11/1/sub/output_1.json",
                "2026-11/1/output_1234567890.json",
                "x2026-11/1/output_1.json",
                "2026-11/a/output_1.json",
                "2026-11/1/errors_1.json",
                "2026-11/1/results.json.tmp"
            })
    void otherBlobsAreNeither(String name) {
        assertThat(RunFiles.parseOutput(name)).isNull();
        assertThat(RunFiles.parseResults(name)).isNull();
    }

    @Property
    void anIndexBlobTellsItsPart(
            @ForAll @IntRange(min = 1, max = 999_999_999) int number,
            @ForAll @LongRange(min = 0) long firstByte,
            @ForAll @LongRange(min = 0) long bytes,
            @ForAll @LongRange(min = 0) long lines) {
        PartIndex index = PartIndex.open(new Part(number, firstByte, bytes, 17, lines));

        assertThat(PartIndex.of(listed(index.name(RUN), index.metadata()))).isEqualTo(index);
    }

    @Property
    void anIndexBlobTellsWhyItsPartFailed(
            @ForAll @CharRange(from = ' ', to = '\uD7FF') @StringLength(max = 250) String reason) {
        PartIndex failed = PartIndex.open(new Part(1, 0, 10, 1, 2)).failed(reason);

        PartIndex read = PartIndex.of(listed(failed.name(RUN), failed.metadata()));

        assertThat(read).isEqualTo(failed);
        assertThat(failed.metadata().get("failure")).matches("[A-Za-z0-9+/=]*");
    }

    @Test
    void anIndexBlobTellsHowOftenItsPartWasTried() {
        PartIndex tried = PartIndex.open(new Part(1, 0, 10, 1, 2)).attempted().attempted();

        assertThat(PartIndex.of(listed(tried.name(RUN), tried.metadata()))).isEqualTo(tried);
        assertThat(PartIndex.of(listed(tried.name(RUN), tried.metadata(), LeaseState.ABANDONED)))
                .as("a lease that ran out is an attempt that nobody could record")
                .isEqualTo(tried.attempted());
    }

    @Test
    void aReasonThatIsTooLongForAHeaderIsCut() {
        PartIndex failed = PartIndex.open(new Part(1, 0, 10, 1, 2)).failed("x".repeat(5_000));

        PartIndex read = PartIndex.of(listed(failed.name(RUN), failed.metadata()));

        assertThat(read.failure()).isEqualTo("x".repeat(1024));
    }

    @Test
    void aBlobThatIsNoIndexIsNone() {
        Map<String, String> complete = PartIndex.open(new Part(1, 0, 10, 1, 2)).metadata();

        assertThat(PartIndex.of(listed(RunFiles.mergeIndex(RUN), complete))).isNull();
        assertThat(PartIndex.of(listed(RunFiles.output(RUN, 1), complete))).isNull();
        assertThat(PartIndex.of(listed(RunFiles.indexes(RUN) + "1_0", Map.of("bytes", "10"))))
                .isNull();
    }

    @Test
    void aMergeIndexTellsWhyTheMergeCannotBeDone() {
        MergeIndex failed = MergeIndex.failed("an output is gone – for good");

        assertThat(MergeIndex.of(listed(RunFiles.mergeIndex(RUN), failed.metadata())))
                .isEqualTo(failed);
        assertThat(MergeIndex.of(
                        listed(RunFiles.mergeIndex(RUN), MergeIndex.open().metadata())))
                .isEqualTo(MergeIndex.open());
    }

    private static BlobInfo listed(String name, Map<String, String> metadata) {
        return listed(name, metadata, LeaseState.FREE);
    }

    private static BlobInfo listed(String name, Map<String, String> metadata, LeaseState lease) {
        return new BlobInfo(name, 0, "\"0x1\"", "text/plain", Instant.EPOCH, metadata, lease);
    }
}
