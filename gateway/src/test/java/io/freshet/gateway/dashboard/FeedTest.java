package io.freshet.gateway.dashboard;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.freshet.gateway.access.Caller;
import io.freshet.gateway.dashboard.View.Event;
import io.freshet.testing.Patience;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FeedTest {
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_800_000_000), ZoneOffset.UTC);

    private final Numbers numbers = new Numbers();
    private final Feed<Integer> feed = new Feed<>(numbers, CLOCK, "e");

    @Test
    void whoComesIsGreetedAndToldAll() {
        numbers.now = 7;

        AssertSubscriber<String> viewer = follow(null);

        assertThat(viewer.getItems().getFirst())
                .startsWith("retry:500\nevent:hello\ndata:")
                .contains("\"resumed\":false", "\"epoch\":\"e\"", "\"now\":1.8E9");
        assertThat(viewer.getItems().getLast()).isEqualTo("id:e-1\nevent:whole\ndata:7\n\n");
    }

    @Test
    void howeverManyLookStorageIsAskedOnce() {
        follow(null);
        follow(null);
        AssertSubscriber<String> third = follow(null);
        assertThat(numbers.reads).isEqualTo(1);

        numbers.now = 8;
        refresh();

        assertThat(numbers.reads).isEqualTo(2);
        assertThat(third.getItems().getLast()).isEqualTo("id:e-2\nevent:change\ndata:8\n\n");
    }

    @Test
    void storageIsNotAskedWhileNobodyLooks() {
        refresh();
        AssertSubscriber<String> viewer = follow(null);
        viewer.cancel();
        refresh();

        assertThat(numbers.reads).isEqualTo(1);
    }

    @Test
    void whatDoesNotChangeIsNotTold() {
        AssertSubscriber<String> viewer = follow(null);
        int told = viewer.getItems().size();

        refresh();

        assertThat(viewer.getItems()).hasSize(told);
    }

    @Test
    void whoWasCutOffGoesOnWhereItWas() {
        AssertSubscriber<String> viewer = follow(null);
        change(1);
        change(2);
        change(3);
        viewer.cancel();

        AssertSubscriber<String> again = follow("e-3");

        assertThat(again.getItems().getFirst()).contains("\"resumed\":true");
        assertThat(again.getItems().subList(1, again.getItems().size()))
                .containsExactly("id:e-4\nevent:change\ndata:3\n\n");
    }

    @Test
    void whoHasSeenTheLastMissesNothing() {
        follow(null);
        change(1);

        assertThat(follow("e-2").getItems()).hasSize(1).first().asString().contains("\"resumed\":true");
    }

    @Test
    void anIdOfAnotherLifeOrOneThatIsForgottenIsToldAll() {
        follow(null);
        for (int n = 1; n <= 600; n++) {
            change(n);
        }

        for (String seen : List.of("x-3", "e-", "e-one", "e-9999999", "e-2", "e-99999999999999999999")) {
            assertThat(follow(seen).getItems())
                    .as(seen)
                    .hasSize(2)
                    .first()
                    .asString()
                    .contains("\"resumed\":false");
        }
    }

    @Test
    void troubleIsToldOnceAndTheStreamStays() {
        AssertSubscriber<String> viewer = follow(null);

        numbers.failing = true;
        refresh();
        refresh();
        assertThat(viewer.getItems())
                .filteredOn(text -> text.startsWith("event:problem"))
                .hasSize(1);

        numbers.failing = false;
        change(5);
        assertThat(viewer.getItems().getLast()).contains("data:5");
        viewer.assertNotTerminated();
    }

    @Test
    void whoComesWhileStorageIsAwayIsRefused() {
        numbers.failing = true;

        assertThatThrownBy(() -> follow(null)).hasMessage("away");

        numbers.failing = false;
        assertThat(follow(null).getItems()).isNotEmpty();
    }

    @Test
    void heartbeatsAreComments() {
        AssertSubscriber<String> viewer = follow(null);

        feed.beat();

        assertThat(viewer.getItems().getLast()).isEqualTo(":\n\n");
    }

    @Test
    void whoDoesNotReadIsCutOff() {
        AssertSubscriber<String> slow =
                now(feed.follow(null, Caller.ANYBODY)).subscribe().withSubscriber(AssertSubscriber.create(1));

        for (int n = 1; n <= 3_000; n++) {
            change(n);
        }

        slow.assertTerminated();
        assertThat(feed.hasViewers()).isFalse();
    }

    @Test
    void theEndOfTheServiceEndsAllStreams() {
        AssertSubscriber<String> viewer = follow(null);

        feed.end();

        viewer.assertCompleted();
    }

    private void change(int number) {
        numbers.now = number;
        refresh();
    }

    private void refresh() {
        now(feed.refresh());
    }

    private AssertSubscriber<String> follow(String seen) {
        return now(feed.follow(seen, Caller.ANYBODY))
                .subscribe()
                .withSubscriber(AssertSubscriber.create(Long.MAX_VALUE));
    }

    private static <T> T now(Uni<T> call) {
        return call.await().atMost(Patience.LIMIT);
    }

    private static final class Numbers implements View<Integer> {
        private int now;
        private int reads;
        private boolean failing;
        private int seen = -1;

        @Override
        public Uni<Integer> read() {
            return Uni.createFrom().item(() -> {
                reads++;
                if (failing) {
                    throw new IllegalStateException("away");
                }
                return now;
            });
        }

        @Override
        public List<Event> changes(Integer found) {
            boolean changed = found != seen;
            seen = found;
            return changed ? List.of(told("change")) : List.of();
        }

        @Override
        public List<Event> whole() {
            return List.of(told("whole"));
        }

        private Event told(String type) {
            return new Event(type, JsonNodeFactory.instance.numberNode(seen));
        }
    }
}
