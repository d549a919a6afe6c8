package io.freshet.run;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class ListingOrderTest {
    @Test
    void aNumberComesBehindAllThatBeginWithIt() {
        assertThat(ListingOrder.upTo(0, 20)).isEqualTo(ItemSet.of(0, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18));
    }

    @Test
    void theEndsAreNothingAndAll() {
        assertThat(ListingOrder.upTo(Dispatch.NONE, 7)).isEqualTo(ItemSet.EMPTY);
        assertThat(ListingOrder.upTo(Dispatch.ALL, 7)).isEqualTo(ItemSet.first(7));
        assertThat(ListingOrder.upTo(Dispatch.ALL, 0)).isEqualTo(ItemSet.EMPTY);
    }

    @Property
    void itIsTheOrderOfTheNames(@ForAll @IntRange(min = 1, max = 12_000) int count, @ForAll @IntRange int seed) {
        int last = Math.floorMod(seed, count);
        String name = name(last);

        ItemSet byName = ItemSet.collect(
                IntStream.range(0, count).filter(item -> name(item).compareTo(name) <= 0));

        assertThat(ListingOrder.upTo(last, count)).isEqualTo(byName);
    }

    private static String name(int item) {
        return "ctrl_input_" + (item + 1) + "_";
    }
}
