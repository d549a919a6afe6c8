package io.freshet.run;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

import java.util.Base64;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ItemSetTest {
    private static final int MAX_ITEM = 100_000;

    @Property(tries = 300)
    void whatWasEncodedIsDecoded(@ForAll Set<@IntRange(max = MAX_ITEM) Integer> items) {
        ItemSet set = set(items);

        assertThat(ItemSet.decode(set.encode())).isEqualTo(set).hasSameHashCodeAs(set);
    }

    @Property(tries = 300)
    void plusAndMinusAreUnionAndDifference(
            @ForAll Set<@IntRange(max = 200) Integer> left, @ForAll Set<@IntRange(max = 200) Integer> right) {
        Set<Integer> union = new HashSet<>(left);
        union.addAll(right);
        Set<Integer> difference = new HashSet<>(left);
        difference.removeAll(right);

        assertThat(items(set(left).plus(set(right)))).isEqualTo(union);
        assertThat(items(set(left).minus(set(right)))).isEqualTo(difference);
    }

    @Property(tries = 300)
    void sizeAndMembershipAreThoseOfASet(
            @ForAll Set<@IntRange(max = 200) Integer> items, @ForAll @IntRange(max = 200) int item) {
        ItemSet set = set(items);

        assertThat(set.size()).isEqualTo(items.size());
        assertThat(set.isEmpty()).isEqualTo(items.isEmpty());
        assertThat(set.contains(item)).isEqualTo(items.contains(item));
    }

    @Property(tries = 200)
    void itemsComeInAscendingOrder(@ForAll Set<@IntRange(max = MAX_ITEM) Integer> items) {
        assertThat(set(items).items().boxed().toList()).containsExactlyElementsOf(new TreeSet<>(items));
    }

    @Test
    void theOperationsLeaveTheirOperandsAlone() {
        ItemSet left = ItemSet.of(1, 2);
        ItemSet right = ItemSet.of(2, 3);

        ItemSet union = left.plus(right);
        ItemSet difference = left.minus(right);

        assertThat(union).isEqualTo(ItemSet.of(1, 2, 3));
        assertThat(difference).isEqualTo(ItemSet.of(1));
        assertThat(left).isEqualTo(ItemSet.of(1, 2));
        assertThat(right).isEqualTo(ItemSet.of(2, 3));
    }

    @Test
    void theEmptySetIsTheEmptyText() {
        assertThat(ItemSet.EMPTY.encode()).isEmpty();
        assertThat(ItemSet.decode("")).isEqualTo(ItemSet.EMPTY);
    }

    @Test
    void aMillionItemsThatLieTogetherAreShort() {
        assertThat(ItemSet.first(1_000_000).encode().length()).isLessThan(2_000);
    }

    @Test
    void aMillionItemsWithoutAnyOrderStayBelowAQuarterMebibyte() {
        Random random = new Random(7);
        ItemSet half = ItemSet.collect(IntStream.range(0, 1_000_000).filter(i -> random.nextBoolean()));

        assertThat(half.encode().length()).isLessThan(256 * 1024);
    }

    @Test
    void damagedTextIsRefused() {
        String whole = ItemSet.first(100_000).encode();
        byte[] deflated = Base64.getDecoder().decode(whole);
        String half = Base64.getEncoder().encodeToString(java.util.Arrays.copyOf(deflated, deflated.length / 2));

        assertThatThrownBy(() -> ItemSet.decode(half)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ItemSet.decode("AAAA")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ItemSet.decode("not base64!")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aLargeSetIsNotPrintedWhole() {
        assertThat(ItemSet.first(1_000)).hasToString("1000 items {0,1,2,3,4,5,6,7,8,9,…}");
        assertThat(ItemSet.of(7)).hasToString("1 items {7}");
    }

    private static ItemSet set(Set<Integer> items) {
        return ItemSet.collect(items.stream().mapToInt(Integer::intValue));
    }

    private static Set<Integer> items(ItemSet set) {
        return set.items().boxed().collect(Collectors.toSet());
    }
}
