package io.freshet.gateway.jobs;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.smallrye.mutiny.operators.multi.processors.UnicastProcessor;
import org.junit.jupiter.api.Test;

import java.util.concurrent.atomic.AtomicBoolean;

import static org.assertj.core.api.Assertions.assertThat;

/** Events and comments, by a timer of the test's own. */
class JobEventsTest {
    private final UnicastProcessor<String> events = UnicastProcessor.create();
    private final UnicastProcessor<Long> times = UnicastProcessor.create();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final Multi<Long> timer = times.onTermination().invoke(() -> ended.set(true));

    private AssertSubscriber<String> watch() {
        return JobEvents.withComments(events, timer).subscribe().withSubscriber(AssertSubscriber.create(100));
    }

    @Test
    void aCommentComesWheneverItIsTime() {
        AssertSubscriber<String> client = watch();
        events.onNext("a");
        times.onNext(1L);
        times.onNext(2L);
        events.onNext("b");
        client.assertItems("a", ":\n\n", ":\n\n", "b").assertNotTerminated();
    }

    @Test
    void theEndOfTheEventsIsTheEndOfTheTimer() {
        AssertSubscriber<String> client = watch();
        events.onNext("a");
        events.onComplete();
        client.assertItems("a").assertCompleted();
        assertThat(ended).isTrue();
    }

    @Test
    void aClientThatGoesEndsBoth() {
        AssertSubscriber<String> client = watch();
        client.cancel();
        assertThat(ended).isTrue();
        assertThat(events.hasSubscriber()).isFalse();
    }

    @Test
    void aClientThatDoesNotReadIsToldNoMore() {
        AssertSubscriber<String> client =
                JobEvents.withComments(events, timer).subscribe().withSubscriber(AssertSubscriber.create(1));
        for (long i = 0; i < 1000; i++) {
            times.onNext(i);
        }
        assertThat(client.getItems()).hasSize(1);
        client.request(1000);
        assertThat(client.getItems()).hasSizeLessThan(5);
    }
}
