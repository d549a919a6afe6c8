package io.freshet.worker.execution;

import io.freshet.run.WorkItem.Part;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever the chunks, the lines are those that a naive split finds, with their numbers. */
class PartLinesPropertyTest {

    @Property
    void linesDoNotDependOnChunks(@ForAll("contents") String content, @ForAll @IntRange(min = 1, max = 9) int chunk)
            throws InterruptedException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);

        assertThat(read(bytes, chunk)).isEqualTo(naive(content));
    }

    @Provide
    Arbitrary<String> contents() {
        return Arbitraries.of("", "a", "bc", "\r", " ", "\t", "é", "😀", "e\u0301", "{\"id\":1}")
                .list()
                .ofMaxSize(3)
                .map(parts -> String.join("", parts))
                .list()
                .ofMaxSize(8)
                .flatMap(lines -> Arbitraries.of("\n", "\r\n")
                        .flatMap(end ->
                                Arbitraries.of(true, false).map(last -> String.join(end, lines) + (last ? end : ""))));
    }

    private static List<String> read(byte[] bytes, int chunk) throws InterruptedException {
        List<ByteBuffer> chunks = new ArrayList<>();
        for (int from = 0; from < bytes.length; from += chunk) {
            chunks.add(ByteBuffer.wrap(bytes, from, Math.min(chunk, bytes.length - from)));
        }
        Iterator<ByteBuffer> left = chunks.iterator();
        PartLines lines =
                new PartLines(new Part(1, 10, bytes.length, 1, 1), () -> left.hasNext() ? left.next() : null, 1 << 20);
        List<String> found = new ArrayList<>();
        for (Line line = lines.next(); line != null; line = lines.next()) {
            found.add(line.number() + ":" + line.text());
        }
        return found;
    }

    private static List<String> naive(String content) {
        List<String> found = new ArrayList<>();
        String[] lines = content.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            boolean ended = i < lines.length - 1;
            String line = ended && lines[i].endsWith("\r") ? lines[i].substring(0, lines[i].length() - 1) : lines[i];
            if (!line.matches("[ \t\r]*")) {
                found.add((i + 1) + ":" + line);
            }
        }
        return found;
    }
}
