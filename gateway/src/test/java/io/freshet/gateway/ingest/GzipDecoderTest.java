package io.freshet.gateway.ingest;

import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;
import io.vertx.core.buffer.Buffer;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class GzipDecoderTest {
    private static final byte[] HELLO = "hello\n".getBytes(StandardCharsets.UTF_8);

    @Property(tries = 200)
    void members_in_a_row_unpack_to_their_bytes_however_they_are_chunked(
            @ForAll("inputs") byte[] first,
            @ForAll("inputs") byte[] second,
            @ForAll("chunkings") List<Integer> chunks,
            @ForAll @IntRange(min = 0, max = 20) int padding) {
        byte[] packed = concat(Inputs.gzip(first), Inputs.gzip(second), new byte[padding]);

        assertThat(unpack(packed, chunks)).isEqualTo(concat(first, second));
    }

    @Test
    void every_optional_field_of_the_header_is_skipped() {
        byte[] plain = Inputs.gzip(HELLO);
        byte[] header = {0x1F, (byte) 0x8B, 8, 2 | 4 | 8 | 16, 0, 0, 0, 0, 0, 3, 3, 0, 9, 9, 9, 'n', 0, 'c', 0, 1, 2};

        byte[] packed = concat(header, Arrays.copyOfRange(plain, 10, plain.length));

        assertThat(unpack(packed, List.of(1))).isEqualTo(HELLO);
    }

    @Test
    void an_empty_extra_field_is_skipped() {
        byte[] plain = Inputs.gzip(HELLO);
        byte[] header = {0x1F, (byte) 0x8B, 8, 4, 0, 0, 0, 0, 0, 3, 0, 0};

        byte[] packed = concat(header, Arrays.copyOfRange(plain, 10, plain.length));

        assertThat(unpack(packed, List.of(100))).isEqualTo(HELLO);
    }

    @Test
    void data_cut_off_anywhere_fails() {
        byte[] packed = Inputs.gzip(HELLO);

        for (int length = 0; length < packed.length; length++) {
            assertMalformed(Arrays.copyOf(packed, length), "cut off");
        }
    }

    @Test
    void a_second_member_that_is_cut_off_fails() {
        byte[] packed = Inputs.gzip(HELLO);

        assertMalformed(concat(packed, Arrays.copyOf(packed, 5)), "cut off");
    }

    @Test
    void a_wrong_checksum_fails() {
        assertMalformed(withByteChanged(8), "checksum");
    }

    @Test
    void a_wrong_length_fails() {
        assertMalformed(withByteChanged(4), "length");
    }

    @Test
    void damaged_data_fails() {
        byte[] packed = Inputs.gzip(HELLO);
        packed[10] = (byte) 0xFF;

        assertMalformed(packed, "damaged");
    }

    @Test
    void data_that_is_not_gzip_fails() {
        assertMalformed(HELLO, "not gzip data");
    }

    @Test
    void bytes_behind_the_end_fail() {
        assertMalformed(concat(Inputs.gzip(HELLO), HELLO), "not gzip data");
        assertMalformed(concat(Inputs.gzip(HELLO), new byte[3], HELLO), "other bytes follow");
    }

    @Test
    void data_that_unpacks_to_a_thousand_times_its_size_comes_in_the_pieces_asked_for() {
        byte[] packed = Inputs.gzip(new byte[32 << 20]);
        GzipDecoder decoder = new GzipDecoder();
        byte[] piece = new byte[64 << 10];
        long unpacked = 0;

        decoder.feed(Buffer.buffer(packed));
        decoder.end();
        for (int read = decoder.read(piece, 0, piece.length); read > 0; ) {
            unpacked += read;
            read = decoder.read(piece, 0, piece.length);
        }

        assertThat(packed).hasSizeLessThan(64 << 10);
        assertThat(unpacked).isEqualTo(32 << 20);
    }

    @Test
    void a_chunk_that_comes_too_early_is_refused_and_not_lost_silently() {
        for (Decoder decoder : List.of(new IdentityDecoder(), new GzipDecoder())) {
            decoder.feed(Buffer.buffer("first"));

            assertThatThrownBy(() -> decoder.feed(Buffer.buffer("second"))).isInstanceOf(IllegalStateException.class);
        }
    }

    @Provide
    Arbitrary<byte[]> inputs() {
        return Inputs.any();
    }

    @Provide
    Arbitrary<List<Integer>> chunkings() {
        return Inputs.chunkings();
    }

    private static byte[] withByteChanged(int fromEnd) {
        byte[] packed = Inputs.gzip(HELLO);
        packed[packed.length - fromEnd] ^= 1;
        return packed;
    }

    private static void assertMalformed(byte[] packed, String text) {
        for (int size : new int[] {1, 1_000}) {
            assertThatThrownBy(() -> unpack(packed, List.of(size)))
                    .isInstanceOfSatisfying(
                            Permanent.class, e -> assertThat(e.code()).isEqualTo(FailureCode.MALFORMED))
                    .hasMessageContaining(text);
        }
    }

    private static byte[] unpack(byte[] packed, List<Integer> chunks) {
        return read(new GzipDecoder(), packed, chunks);
    }

    private static byte[] read(Decoder decoder, byte[] packed, List<Integer> chunks) {
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        int from = 0;
        for (int i = 0; from < packed.length; i++) {
            int to = Math.min(packed.length, from + chunks.get(i % chunks.size()));
            decoder.feed(Buffer.buffer(Arrays.copyOfRange(packed, from, to)));
            assertThat(drain(decoder, plain)).isEqualTo(Decoder.NEEDS_INPUT);
            from = to;
        }
        decoder.end();
        assertThat(drain(decoder, plain)).isEqualTo(Decoder.AT_END);
        decoder.close();
        return plain.toByteArray();
    }

    private static int drain(Decoder decoder, ByteArrayOutputStream plain) {
        byte[] piece = new byte[777];
        int read = decoder.read(piece, 3, 700);
        while (read > 0) {
            plain.write(piece, 3, read);
            read = decoder.read(piece, 3, 700);
        }
        return read;
    }

    private static byte[] concat(byte[]... arrays) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] array : arrays) {
            all.writeBytes(array);
        }
        return all.toByteArray();
    }
}
