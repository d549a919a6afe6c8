package io.freshet.worker.handler.calculator;

import io.freshet.worker.execution.Line;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class PlainLineTest {

    private static final String[] ODD_VALUES = {
        "00012",
        "1.0000000000000002",
        "1e308",
        "1e-320",
        "9007199254740993",
        "-0",
        "0.1",
        "1e3",
        "1E+03",
        "-",
        "1.",
        ".5",
        "+1",
        "1e",
        "1e+",
        "1e99999",
        "123456789012345678901234567890",
        "0.1e-7",
        "1e23",
        "\"1\"",
        "\"+\"",
        "\"a b\"",
        "\"caf\u00e9\"",
        "\"caf\\u00e9\"",
        "\"\uD83D\uDE00\"",
        "\"\\ud83d\"",
        "\"\\x\"",
        "\"\t\"",
        "null",
        "true",
        "tru",
        "{}",
        "[1,{\"id\":2}]",
        "NaN",
        "1 2",
        "",
        "\"",
        "999999999999999",
        "1000000000000000",
        "0.00001"
    };

    @Property(tries = 50_000)
    void whatItComputesTheCarefulWayComputesTheSame(@ForAll("lines") String text) {
        Line line = line(text);
        ResultLine fast = new ResultLine();
        ResultLine careful = new ResultLine();

        if (new PlainLine().compute(line, fast)) {
            assertThat(new OddLine().compute(line, careful)).as("problem").isNull();
            assertThat(text(fast)).isEqualTo(text(careful));
        }
    }

    @Property(tries = 10_000)
    void usualLinesNeedNoCare(@ForAll("usualLines") String text) {
        Line line = line(text);
        ResultLine fast = new ResultLine();
        ResultLine careful = new ResultLine();

        assertThat(new PlainLine().compute(line, fast)).isTrue();
        assertThat(new OddLine().compute(line, careful)).isNull();
        assertThat(text(fast)).isEqualTo(text(careful));
    }

    @Provide
    Arbitrary<String> usualLines() {
        Arbitrary<String> ids = Arbitraries.strings()
                .withCharRange('a', 'z')
                .withChars(" -_{}:,")
                .ofMaxLength(12)
                .map(id -> '"' + id + '"');
        return Combinators.combine(
                        ids,
                        usualNumbers(),
                        usualNumbers().filter(n -> Double.parseDouble(n) != 0),
                        Arbitraries.of("+", "-", "*", "/"),
                        Arbitraries.of("", " ", "\t"))
                .as((id, v1, v2, op, s) -> join(
                        List.of("\"id\":" + s + id, "\"value1\":" + v1, "\"value2\":" + v2, "\"op\":\"" + op + '"'),
                        s));
    }

    private static Arbitrary<String> usualNumbers() {
        return Arbitraries.oneOf(
                Arbitraries.integers().map(String::valueOf),
                Arbitraries.longs().map(String::valueOf),
                Arbitraries.doubles().between(-1e9, 1e9).ofScale(3).map(String::valueOf),
                Arbitraries.longs()
                        .map(Double::longBitsToDouble)
                        .filter(d -> Math.abs(d) > 1e-100 && Math.abs(d) < 1e100)
                        .map(String::valueOf));
    }

    @Provide
    Arbitrary<String> lines() {
        Arbitrary<String> whole = Arbitraries.frequencyOf(
                        Tuple.of(6, mostlyRightMembers()),
                        Tuple.of(2, anyMembers().list().ofMaxSize(6)))
                .flatMap(members -> Combinators.combine(Arbitraries.shuffle(members), spaces())
                        .as((shuffled, space) -> join(shuffled, space)));
        Arbitrary<String> cut = whole.flatMap(
                line -> Arbitraries.integers().between(1, line.length()).map(end -> line.substring(0, end)));
        Arbitrary<String> longer = Combinators.combine(whole, Arbitraries.of("}", " ", "{}", ",", " 1", "\r", "x"))
                .as((line, more) -> line + more);
        return Arbitraries.frequencyOf(Tuple.of(6, whole), Tuple.of(1, cut), Tuple.of(1, longer));
    }

    private static Arbitrary<List<String>> mostlyRightMembers() {
        return Combinators.combine(
                        member(Arbitraries.of("\"id\""), values()),
                        member(Arbitraries.of("\"value1\""), numbersOrOdd()),
                        member(Arbitraries.of("\"value2\""), numbersOrOdd()),
                        member(Arbitraries.of("\"op\""), Arbitraries.of("\"+\"", "\"-\"", "\"*\"", "\"/\"")),
                        anyMembers().list().ofMaxSize(1))
                .as((id, v1, v2, op, more) ->
                        more.isEmpty() ? List.of(id, v1, v2, op) : List.of(v1, v2, op, more.getFirst()));
    }

    private static Arbitrary<String> anyMembers() {
        Arbitrary<String> names = Arbitraries.of(
                "\"id\"",
                "\"value1\"",
                "\"value2\"",
                "\"op\"",
                "\"other\"",
                "\"value3\"",
                "\"v\"",
                "\"\\u0069d\"",
                "id",
                "\"op",
                "\"\"");
        return member(names, values());
    }

    private static Arbitrary<String> member(Arbitrary<String> names, Arbitrary<String> values) {
        return Combinators.combine(names, spaces(), spaces(), values).as((n, s, t, v) -> n + s + ":" + t + v);
    }

    private static Arbitrary<String> values() {
        return Arbitraries.frequencyOf(
                Tuple.of(3, usualNumbers()),
                Tuple.of(3, Arbitraries.strings().alpha().map(s -> '"' + s + '"')),
                Tuple.of(3, Arbitraries.of(ODD_VALUES)));
    }

    private static Arbitrary<String> numbersOrOdd() {
        return Arbitraries.frequencyOf(Tuple.of(6, usualNumbers()), Tuple.of(2, Arbitraries.of(ODD_VALUES)));
    }

    private static Arbitrary<String> spaces() {
        return Arbitraries.of("", "", "", " ", "\t", "\r", "  ", "\u00a0");
    }

    private static String join(List<String> members, String space) {
        return space + "{" + space + String.join(space + "," + space, members) + space + "}" + space;
    }

    private static Line line(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        // other lines stand before and behind in the same array
        byte[] buffer = new byte[bytes.length + 12];
        Arrays.fill(buffer, (byte) '1');
        System.arraycopy(bytes, 0, buffer, 5, bytes.length);
        return new Line().at(buffer, 5, bytes.length, 1);
    }

    private static String text(ResultLine line) {
        return new String(line.bytes(), 0, line.length(), StandardCharsets.UTF_8);
    }
}
