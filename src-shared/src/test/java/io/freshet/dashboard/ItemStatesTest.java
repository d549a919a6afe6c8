package io.freshet.dashboard;

import io.freshet.run.ItemOutcome;
import io.freshet.run.ItemOutcome.Tally;
import io.freshet.run.Run;
import io.freshet.run.SampleRuns;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;

import static org.assertj.core.api.Assertions.assertThat;

class ItemStatesTest {

    @Test
    void everyItemHasItsState() {
        Run run = SampleRuns.running()
                .dispatched(2, SampleRuns.at(11))
                .apply(
                        List.of(SampleRuns.done(0), new ItemOutcome.Done(1, new Tally(10, 2)), SampleRuns.failed(3)),
                        SampleRuns.at(12));

        assertThat(states(run))
                .containsExactly(ItemStates.DONE, ItemStates.REJECTED, ItemStates.IN_FLIGHT, ItemStates.FAILED);
    }

    @Test
    void nothingIsInFlightWhenTheRunHasEnded() {
        Run run = SampleRuns.running().dispatched(3, SampleRuns.at(11)).cancel("enough", SampleRuns.at(12));

        assertThat(states(run)).containsOnly(ItemStates.WAITING);
    }

    @Test
    void nothingHasChangedWhereNothingHas() {
        ItemStates states = ItemStates.of(SampleRuns.running());

        assertThat(states.changesSince(states)).isEmpty();
    }

    @Property(tries = 200)
    void whatHasChangedLeadsFromOneToTheOther(
            @ForAll @IntRange(min = 1, max = 3_000) int count,
            @ForAll @Size(max = 20) Set<@IntRange(max = 2_999) Integer> done,
            @ForAll @Size(max = 20) Set<@IntRange(max = 2_999) Integer> failed)
            throws IOException {
        Run before = SampleRuns.pending(count).start(SampleRuns.at(10)).dispatched(count / 2, SampleRuns.at(11));
        List<ItemOutcome> outcomes = new ArrayList<>();
        done.stream().filter(i -> i < count).forEach(i -> outcomes.add(SampleRuns.done(i)));
        failed.stream().filter(i -> i < count).forEach(i -> outcomes.add(SampleRuns.failed(i)));
        Run after = before.apply(outcomes, SampleRuns.at(12));

        byte[] applied = unpacked(ItemStates.of(before).packed(), count);
        apply(applied, ItemStates.of(after).changesSince(ItemStates.of(before)));

        assertThat(applied).isEqualTo(unpacked(ItemStates.of(after).packed(), count));
    }

    private static byte[] states(Run run) {
        ItemStates states = ItemStates.of(run);
        byte[] all = new byte[states.size()];
        for (int item = 0; item < all.length; item++) {
            all[item] = states.state(item);
        }
        return all;
    }

    private static byte[] unpacked(String packed, int count) throws IOException {
        try (GZIPInputStream in =
                new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(packed)))) {
            byte[] halves = in.readAllBytes();
            byte[] states = new byte[count];
            for (int item = 0; item < count; item++) {
                states[item] = (byte) (halves[item / 2] >> item % 2 * 4 & 15);
            }
            return states;
        }
    }

    /** As the page does it. */
    private static void apply(byte[] states, String changes) {
        int item = -1;
        int shift = 0;
        long value = 0;
        for (byte next : Base64.getDecoder().decode(changes)) {
            value |= (long) (next & 127) << shift;
            shift += 7;
            if (next >= 0) {
                item += (int) (value >> 3) + 1;
                states[item] = (byte) (value & 7);
                value = 0;
                shift = 0;
            }
        }
    }
}
