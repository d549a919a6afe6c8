package io.freshet.gateway.ingest;

import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;
import io.freshet.gateway.ingest.ContentCoding.Trait;
import io.vertx.core.buffer.Buffer;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ContentCodingTest {
    private static final byte[] LINES = "{\"id\":1}\n{\"id\":2}\n".getBytes(StandardCharsets.UTF_8);
    private static final List<Integer> WHOLE = List.of(1 << 20);

    @Property(tries = 100)
    void the_content_tells_whether_it_is_packed(
            @ForAll("inputs") byte[] input, @ForAll("chunkings") List<Integer> chunks) {
        Assume.that(Signature.of(Arrays.copyOf(input, Math.min(input.length, Signature.HEAD_BYTES)))
                .isEmpty());

        assertThat(read(Set.of(), Inputs.gzip(input), chunks)).isEqualTo(input);
        assertThat(read(Set.of(), input, chunks)).isEqualTo(input);
        assertThat(read(Set.of(Trait.DECLARED_GZIP), Inputs.gzip(input), chunks))
                .isEqualTo(input);
    }

    @ParameterizedTest
    @CsvSource({
        "504b0304, a zip archive",
        "504b0506, a zip archive",
        "28b52ffd, zstd data",
        "fd377a585a00, xz data",
        "425a6839314159265359, bzip2 data",
        "425a6831177245385090, bzip2 data",
        "04224d18, lz4 data",
        "1f9d, data of compress",
        "377abcaf271c, a 7z archive",
        "fffe7b00, UTF-16 text",
        "feff007b, UTF-16 text",
        "7b002200, UTF-16 text",
        "007b0022, UTF-16 text",
        "fffe00007b000000, UTF-32 text",
        "0000feff0000007b, UTF-32 text",
        "7b00000022000000, UTF-32 text",
        "0000007b00000022, UTF-32 text"
    })
    void other_formats_are_refused_by_name_also_within_gzip(String hex, String name) {
        byte[] head = HexFormat.of().parseHex(hex);
        byte[] longer = Arrays.copyOf(head, 1000);
        Arrays.fill(longer, head.length, longer.length, (byte) 'x');

        for (byte[] input : List.of(head, longer)) {
            for (int size : new int[] {1, 100_000}) {
                assertUnsupported(input, size, "The file is " + name);
                assertUnsupported(Inputs.gzip(input), size, "The file is gzip data of " + name);
            }
        }
    }

    @Test
    void a_packed_tar_archive_is_refused_by_name() {
        byte[] tar = new byte[1024];
        System.arraycopy("ustar".getBytes(StandardCharsets.US_ASCII), 0, tar, 257, 5);
        tar[0] = 'a';

        assertUnsupported(tar, 7, "The file is a tar archive");
        assertUnsupported(Inputs.gzip(tar), 7, "The file is gzip data of a tar archive");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE", "UTF-32BE"})
    void wide_text_is_refused_by_name(String charset) {
        byte[] wide = new String(LINES, StandardCharsets.UTF_8).getBytes(Charset.forName(charset));

        assertUnsupported(wide, 1, "The file is " + charset.substring(0, 6) + " text: send it as UTF-8");
    }

    @Test
    void what_was_packed_twice_is_refused() {
        assertUnsupported(Inputs.gzip(Inputs.gzip(LINES)), 10, "The file is gzip data of gzip data: pack it once");
    }

    @Test
    void what_is_said_to_be_gzip_and_is_not_is_refused_with_the_remedy() {
        assertThatThrownBy(() -> read(Set.of(Trait.DECLARED_GZIP), LINES, WHOLE))
                .isInstanceOfSatisfying(
                        Permanent.class, e -> assertThat(e.code()).isEqualTo(FailureCode.MALFORMED))
                .hasMessageContaining("The file is not gzip data, but Content-Encoding says so: leave this header out");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"BZh9 is a line", "PK is one, too", "Rar!", "LZIP", "a\u0000b", "\u001F", "7z", "\uFEFF{}", ""})
    void lines_that_only_look_alike_are_lines(String text) {
        byte[] lines = text.getBytes(StandardCharsets.UTF_8);

        assertThat(read(Set.of(), lines, List.of(1))).isEqualTo(lines);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "GZIP", "x-gzip", "identity, gzip", " gzip ,"})
    void a_header_may_say_gzip_in_these_ways(String header) {
        assertThat(ContentCoding.declared(header)).containsExactly(Trait.DECLARED_GZIP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "identity", "Identity, identity"})
    void a_header_may_say_nothing_in_these_ways(String header) {
        assertThat(ContentCoding.declared(header)).isEmpty();
    }

    @Provide
    Arbitrary<byte[]> inputs() {
        return Inputs.any();
    }

    @Provide
    Arbitrary<List<Integer>> chunkings() {
        return Inputs.chunkings();
    }

    private static void assertUnsupported(byte[] input, int size, String text) {
        assertThatThrownBy(() -> read(Set.of(), input, List.of(size)))
                .isInstanceOfSatisfying(
                        Permanent.class, e -> assertThat(e.code()).isEqualTo(FailureCode.UNSUPPORTED_FORMAT))
                .hasMessageStartingWith(text);
    }

    private static byte[] read(Set<Trait> traits, byte[] input, List<Integer> chunks) {
        Decoder decoder = new ContentCoding("The file", traits).get();
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        int from = 0;
        for (int i = 0; from < input.length; i++) {
            int to = Math.min(input.length, from + chunks.get(i % chunks.size()));
            decoder.feed(Buffer.buffer(Arrays.copyOfRange(input, from, to)));
            drain(decoder, plain);
            from = to;
        }
        decoder.end();
        drain(decoder, plain);
        decoder.close();
        return plain.toByteArray();
    }

    private static void drain(Decoder decoder, ByteArrayOutputStream plain) {
        byte[] piece = new byte[777];
        for (int read = decoder.read(piece, 3, 700); read > 0; read = decoder.read(piece, 3, 700)) {
            plain.write(piece, 3, read);
        }
    }
}
