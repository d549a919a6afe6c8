package io.freshet.worker.handler;

import io.freshet.worker.execution.Line;
import io.freshet.worker.execution.Lines;

import java.nio.charset.StandardCharsets;

/** The lines of an array; blank ones are left out. */
public final class MemoryLines implements Lines {

    private final byte[] bytes;
    private final Line line = new Line();
    private int next;
    private long number;

    public MemoryLines(byte[] bytes) {
        this.bytes = bytes;
    }

    public static MemoryLines of(String... lines) {
        return new MemoryLines(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Line next() {
        while (next < bytes.length) {
            int from = next;
            int to = from;
            while (to < bytes.length && bytes[to] != '\n') {
                to++;
            }
            next = to + 1;
            number++;
            if (!new String(bytes, from, to - from, StandardCharsets.UTF_8).matches("[ \t\r]*")) {
                return line.at(bytes, from, to - from, number);
            }
        }
        return null;
    }
}
