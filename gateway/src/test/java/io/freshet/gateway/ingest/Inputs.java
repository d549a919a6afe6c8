package io.freshet.gateway.ingest;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Inputs of every kind that the splitter must take. */
final class Inputs {
    private Inputs() {}

    /** Texts, bytes that look almost like newlines, and longer ones of both kinds. */
    static Arbitrary<byte[]> any() {
        return Arbitraries.frequencyOf(
                Tuple.of(3, texts(200)), Tuple.of(2, nearNewlines(300)), Tuple.of(1, nearNewlines(9_000)));
    }

    /** Sizes of chunks, used in turn. */
    static Arbitrary<List<Integer>> chunkings() {
        return Arbitraries.frequencyOf(
                Tuple.of(
                        3,
                        Arbitraries.integers()
                                .between(1, 20)
                                .list()
                                .ofMinSize(1)
                                .ofMaxSize(5)),
                Tuple.of(
                        1,
                        Arbitraries.integers()
                                .between(1, 5_000)
                                .list()
                                .ofMinSize(1)
                                .ofMaxSize(5)));
    }

    static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    private static Arbitrary<byte[]> texts(int maxLines) {
        Arbitrary<String> line = Arbitraries.frequencyOf(
                Tuple.of(
                        3,
                        Arbitraries.of(
                                "",
                                "a",
                                "{\"id\":1}",
                                "e\u0301",
                                "\uD83D\uDE00\uD83D\uDC68\u200D\uD83D\uDC69",
                                "\r",
                                "\u010A")),
                Tuple.of(1, Arbitraries.strings().ascii().excludeChars('\n').ofMaxLength(40)),
                Tuple.of(1, Arbitraries.integers().between(100, 3_000).map("x"::repeat)));
        Arbitrary<String> ended =
                Combinators.combine(line, Arbitraries.of("\n", "\n", "\r\n")).as(String::concat);
        Arbitrary<String> body = ended.list().ofMaxSize(maxLines).map(lines -> String.join("", lines));
        return Combinators.combine(Arbitraries.of("", "", "\uFEFF"), body, Arbitraries.of("", "last", "\r"))
                .as((mark, lines, last) -> (mark + lines + last).getBytes(StandardCharsets.UTF_8));
    }

    private static Arbitrary<byte[]> nearNewlines(int maxBytes) {
        return Arbitraries.of((byte) 0x0A, (byte) 0x0B, (byte) 0x8A, (byte) 0x09, (byte) 0x0A, (byte) 0, (byte) 0xFF)
                .array(byte[].class)
                .ofMaxSize(maxBytes);
    }
}
