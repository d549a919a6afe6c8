package io.freshet.worker.lifecycle;

import io.freshet.message.WorkMessage;
import io.freshet.run.RunId;
import org.junit.jupiter.api.Test;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class ShareTest {
    private static final RunId RUN = RunId.parse("2026-11-7");

    @Test
    void fewItemsAreAllTriedFor() {
        Share share = Share.of(open(8), 2, new Random(1));

        assertThat(share.isAll()).isTrue();
        assertThat(taken(share)).isEqualTo(open(8));
    }

    @Test
    void ofManyOthersAreLeftForOthers() {
        Share share = Share.of(open(200), 1, new Random(1));

        assertThat(share.isAll()).isFalse();
        assertThat(taken(share)).doesNotHaveDuplicates().hasSize(6);
    }

    @Test
    void whoLookAtTheSameTimeTryForDifferentItems() {
        Set<WorkMessage> different = new HashSet<>();

        IntStream.range(0, 8).forEach(seed -> different.addAll(taken(Share.of(open(3200), 1, new Random(seed)))));

        assertThat(different).hasSizeGreaterThan(8 * 100 * 8 / 10);
    }

    @Test
    void everyItemIsTriedForInTheEnd() {
        Set<WorkMessage> different = new HashSet<>();

        IntStream.range(0, 200).forEach(seed -> different.addAll(taken(Share.of(open(100), 1, new Random(seed)))));

        assertThat(different).hasSize(100);
    }

    private static List<WorkMessage> open(int count) {
        return IntStream.rangeClosed(1, count)
                .<WorkMessage>mapToObj(generation -> new WorkMessage.MergeResults(RUN, generation))
                .toList();
    }

    private static List<WorkMessage> taken(Share share) {
        return share.messages().collect().asList().await().indefinitely();
    }
}
