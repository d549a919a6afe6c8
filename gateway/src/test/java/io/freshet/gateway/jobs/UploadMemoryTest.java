package io.freshet.gateway.jobs;

import io.freshet.gateway.problem.ProblemException;
import io.freshet.gateway.problem.ProblemType;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class UploadMemoryTest {
    private final UploadMemory memory = new UploadMemory(100);

    @Test
    void uploadsAreLetInForAsLongAsTheyFit() {
        begin(60, never());
        begin(40, never()).assertNotTerminated();

        begin(1, never()).assertFailedWith(ProblemException.class);
    }

    @Test
    void whoIsRefusedIsToldWhenToComeAgain() {
        begin(100, never());

        ProblemException refusal =
                (ProblemException) begin(1, never()).awaitFailure().getFailure();

        assertThat(refusal.type()).isEqualTo(ProblemType.BUSY);
        assertThat(refusal.retryAfter()).isNotNull();
    }

    @Test
    void whateverEndsAnUploadGivesItsShareBack() {
        begin(100, Uni.createFrom().item("done")).assertCompleted();
        begin(100, Uni.createFrom().failure(new IllegalStateException())).assertFailed();
        begin(100, never()).cancel();

        begin(100, never()).assertNotTerminated();
    }

    @Test
    void anUploadThatNeedsMoreThanThereIsGoesAlone() {
        begin(1_000, never()).assertNotTerminated();

        begin(1, never()).assertFailedWith(ProblemException.class);
    }

    private UniAssertSubscriber<String> begin(long share, Uni<String> upload) {
        return memory.during(share, () -> upload).subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    private static Uni<String> never() {
        return Uni.createFrom().nothing();
    }
}
