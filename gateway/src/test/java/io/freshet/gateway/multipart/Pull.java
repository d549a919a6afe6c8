package io.freshet.gateway.multipart;

import io.freshet.gateway.ingest.Decoder;
import io.vertx.core.buffer.Buffer;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** Pulls an input out of a form that comes in pieces. */
final class Pull {
    private static final int NEVER = 1 << 30;

    private Pull() {}

    static FormFiles form(String boundary) {
        return new FormFiles(new Boundary(boundary), Set.of());
    }

    /** Each char is a byte. */
    static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    static String whole(String form) {
        return inPieces(form, List.of(NEVER));
    }

    /** Of a form with boundary XX, in pieces of these sizes, used in turn. */
    static String inPieces(String form, List<Integer> sizes) {
        return inPieces(form("XX"), bytes(form), sizes);
    }

    static String inPieces(Decoder decoder, byte[] input, List<Integer> sizes) {
        ByteArrayOutputStream given = new ByteArrayOutputStream();
        int from = 0;
        for (int i = 0; from < input.length; i++) {
            int to = (int) Math.min(input.length, (long) from + sizes.get(i % sizes.size()));
            decoder.feed(Buffer.buffer(Arrays.copyOfRange(input, from, to)));
            drain(decoder, given);
            from = to;
        }
        decoder.end();
        drain(decoder, given);
        decoder.close();
        return given.toString(ISO_8859_1);
    }

    private static void drain(Decoder decoder, ByteArrayOutputStream given) {
        byte[] room = new byte[9];
        for (int length = 1; ; length = length % 7 + 1) {
            int read = decoder.read(room, 2, length);
            if (read <= 0) {
                return;
            }
            given.write(room, 2, read);
        }
    }
}
