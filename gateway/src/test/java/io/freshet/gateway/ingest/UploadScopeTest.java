package io.freshet.gateway.ingest;

import io.freshet.failure.Transient;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class UploadScopeTest {
    private final UploadScope scope = new UploadScope();
    private final List<UniEmitter<? super String>> answers = new ArrayList<>();

    @Test
    void the_end_waits_for_the_calls_that_have_begun() {
        UniAssertSubscriber<String> first = call();
        UniAssertSubscriber<String> second = call();

        UniAssertSubscriber<Void> end = subscribe(scope.end());
        answers.get(0).complete("done");
        end.assertNotTerminated();
        answers.get(1).fail(new IllegalStateException("storage is away"));

        end.assertCompleted();
        first.assertItem("done");
        second.assertFailedWith(IllegalStateException.class, "storage is away");
    }

    @Test
    void a_call_that_nobody_waits_for_any_more_is_waited_for_by_the_end() {
        call().cancel();

        UniAssertSubscriber<Void> end = subscribe(scope.end());
        end.assertNotTerminated();
        answers.get(0).complete("late");

        end.assertCompleted();
    }

    @Test
    void a_call_that_cannot_even_begin_holds_up_no_end() {
        UniAssertSubscriber<String> call = subscribe(scope.call(() -> {
            throw new IllegalStateException("no such thing");
        }));

        call.assertFailedWith(IllegalStateException.class, "no such thing");
        subscribe(scope.end()).assertCompleted();
    }

    @Test
    void no_call_begins_after_the_end() {
        subscribe(scope.end()).assertCompleted();

        call().assertFailedWith(Transient.class, "over");
        assertThat(answers).isEmpty();
    }

    @Test
    void what_is_due_at_the_end_is_done_once_and_at_once_if_it_comes_late() {
        List<String> done = new ArrayList<>();
        scope.onEnd(() -> done.add("early"));

        subscribe(scope.end());
        subscribe(scope.end());
        scope.onEnd(() -> done.add("late"));

        assertThat(done).containsExactly("early", "late");
    }

    private UniAssertSubscriber<String> call() {
        return subscribe(scope.call(() -> Uni.createFrom().emitter(answers::add)));
    }

    private static <T> UniAssertSubscriber<T> subscribe(Uni<T> uni) {
        return uni.subscribe().withSubscriber(UniAssertSubscriber.create());
    }
}
