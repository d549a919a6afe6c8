package io.freshet.storage;

import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;
import io.freshet.run.Items;
import io.freshet.run.Items.RunInput;
import io.freshet.run.Items.RunInput.Referenced;
import io.freshet.run.Run;
import io.freshet.run.RunSpec;
import io.freshet.run.SampleRuns;
import io.freshet.storage.IdempotencyRecords.IdempotencyRecord;
import io.freshet.testing.InMemoryBlobStore;
import io.smallrye.mutiny.Uni;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class InputSecretsTest {
    private static final Secret SAS = new Secret("sv=1&sp=r&sig=TopSecret");

    private final InMemoryBlobStore blobs = new InMemoryBlobStore(Clock.systemUTC());
    private final InputSecrets secrets = new InputSecrets(blobs);
    private final List<Secret> used = new ArrayList<>();
    private final RunInputs inputs = new RunInputs(blobs, new NotingBlobs(), secrets);

    @Test
    void aSasIsKeptUntilItIsDropped() {
        Run run = run(true);
        now(secrets.keep(run.id(), SAS));
        assertThat(now(secrets.of(run.id()))).isEqualTo(SAS);

        now(secrets.drop(run));
        now(secrets.drop(run));

        assertThatThrownBy(() -> now(secrets.of(run.id())))
                .isInstanceOfSatisfying(
                        Permanent.class, failure -> assertThat(failure.code()).isEqualTo(FailureCode.NOT_FOUND));
    }

    @Test
    void withoutASasNothingIsKept() {
        now(secrets.keep(SampleRuns.ID, Secret.NONE));

        assertThat(now(blobs.describe(RunFiles.access(SampleRuns.ID)))).isEmpty();
    }

    @Test
    void noDocumentHoldsASas() {
        Run run = run(true);
        RunStore runs = new RunStore(blobs);
        now(secrets.keep(run.id(), SAS));
        now(new IdempotencyRecords(blobs).claim("ab12", new IdempotencyRecord("request", run)));
        now(runs.create(run));

        assertThat(text(RunFiles.document(run.id()))).doesNotContain("TopSecret");
        assertThat(text(RunFiles.idempotency("ab12"))).doesNotContain("TopSecret");
    }

    @Test
    void aRunReadsWithItsSasWhichIsAskedForOnce() {
        Run run = run(true);
        now(secrets.keep(run.id(), SAS));
        now(inputs.readRange(run, 0, 1));
        now(secrets.drop(run));

        now(inputs.readRange(run, 1, 1));

        assertThat(used).containsExactly(SAS, SAS);
    }

    @Test
    void aRunThatNeedsNoSasAsksForNone() {
        now(inputs.readRange(run(false), 0, 1));

        assertThat(used).containsExactly(Secret.NONE);
    }

    private static Run run(boolean bySas) {
        RunInput input = new Referenced("https://h/c/b", bySas, "\"1\"");
        RunSpec sample = SampleRuns.pending().spec();
        RunSpec spec = new RunSpec("identity", new Items.Parts(input, 10, 10, 100), null, sample.placement(), null);
        return Run.submitted(SampleRuns.ID, spec, SampleRuns.SUBMITTED);
    }

    private String text(String blob) {
        return new String(now(blobs.read(blob)).orElseThrow().bytes(), StandardCharsets.UTF_8);
    }

    private static <T> T now(Uni<T> action) {
        return action.await().indefinitely();
    }

    private final class NotingBlobs implements ReferencedBlobs {
        @Override
        public Uni<Optional<Description>> describe(Referenced reference, Secret sas) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Uni<ByteBuffer> readRange(Referenced reference, Secret sas, long offset, int length) {
            used.add(sas);
            return Uni.createFrom().item(ByteBuffer.allocate(length));
        }
    }
}
