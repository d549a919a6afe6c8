package io.freshet.gateway.api;

import io.freshet.run.WorkItem.Part;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

/** Inputs, and what must become of them. */
final class Texts {
    private Texts() {}

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Lines that differ, each with its end. */
    static byte[] lines(int count) {
        return utf8(IntStream.rangeClosed(1, count)
                .mapToObj(n -> "{\"id\":\"" + n + "\",\"value1\":" + n + ",\"value2\":2,\"op\":\"+\"}\n")
                .collect(Collectors.joining()));
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

    /** The parts of an input, found byte by byte. */
    static List<Part> parts(byte[] input, int linesPerPart) {
        List<Part> parts = new ArrayList<>();
        int begin = 0;
        int lines = 0;
        long firstLine = 1;
        for (int i = 0; i < input.length; i++) {
            boolean lineEnds = input[i] == '\n' || i == input.length - 1;
            lines += lineEnds ? 1 : 0;
            if (lineEnds && (lines == linesPerPart || i == input.length - 1)) {
                parts.add(new Part(parts.size(), begin, i + 1 - begin, firstLine, lines));
                begin = i + 1;
                firstLine += lines;
                lines = 0;
            }
        }
        return parts;
    }
}
