package io.freshet.worker.claim;

import io.freshet.failure.Transient;
import io.freshet.storage.BlobStore;
import io.freshet.testing.InMemoryBlobStore;
import io.freshet.worker.claim.Claims.ClaimAttempt;
import io.smallrye.mutiny.Uni;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ClaimTest {
    private final BlobStore store = new InMemoryBlobStore(Clock.systemUTC());
    private final ClaimLab lab = new ClaimLab(store);

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void oneOfTwoIsLetIn() {
        lab.claim("index");

        assertThat(lab.attempt("index")).isInstanceOf(ClaimAttempt.HeldByAnother.class);
    }

    @Test
    void whatIsDoneCannotBeClaimed() {
        assertThat(lab.claim("index").complete().await().indefinitely()).isTrue();

        assertThat(lab.attempt("index")).isInstanceOf(ClaimAttempt.Absent.class);
    }

    @Test
    void aReleasedItemIsFreeForOthers() {
        lab.claim("index").release().await().indefinitely();

        assertThat(lab.attempt("index")).isInstanceOf(ClaimAttempt.Claimed.class);
    }

    @Test
    void workThatFailsLeavesTheItemToOthers() {
        Claim claim = lab.claim("index");
        Uni<Void> work = lab.claims().under(claim, Uni.createFrom().failure(new IllegalStateException("no storage")));

        assertThatThrownBy(() -> work.await().indefinitely()).hasMessage("no storage");

        assertThat(lab.attempt("index")).isInstanceOf(ClaimAttempt.Claimed.class);
    }

    @Test
    void workThatHasEndedRenewsNothing() {
        Claim claim = lab.claim("index");

        lab.claims().under(claim, Uni.createFrom().voidItem()).await().indefinitely();

        assertThat(claim.isHeld()).isFalse();
    }

    @Test
    void whoeverWorksUnderALostClaimIsToldOnce() {
        Claim claim = lab.claim("index");
        AtomicInteger told = new AtomicInteger();
        claim.onLost(told::incrementAndGet);
        store.breakLease("index").await().indefinitely();

        assertThatThrownBy(() -> claim.confirm().await().indefinitely()).isInstanceOf(Transient.class);
        assertThatThrownBy(() -> claim.confirm().await().indefinitely()).isInstanceOf(Transient.class);

        assertThat(claim.isHeld()).isFalse();
        assertThat(told).hasValue(1);
    }

    @Test
    void whoeverAsksAfterTheLossIsToldAtOnce() {
        Claim claim = lab.claim("index");
        lab.claims().abandonAll();
        AtomicInteger told = new AtomicInteger();

        claim.onLost(told::incrementAndGet);

        assertThat(told).hasValue(1);
    }

    @Test
    void aClaimTakenWhileStoppingIsGivenUpAtOnce() {
        lab.claims().abandonAll();

        assertThat(lab.claim("index").isHeld()).isFalse();
    }
}
