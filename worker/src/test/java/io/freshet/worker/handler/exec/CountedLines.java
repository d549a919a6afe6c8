package io.freshet.worker.handler.exec;

import io.freshet.worker.execution.Line;
import io.freshet.worker.execution.Lines;

import java.nio.charset.StandardCharsets;

/** As many lines as wanted, made when they are asked for. */
final class CountedLines implements Lines {

    private final long total;
    private final Line line = new Line();
    private volatile long taken;

    CountedLines(long total) {
        this.total = total;
    }

    static String text(long number) {
        return "line %011d".formatted(number);
    }

    long taken() {
        return taken;
    }

    @Override
    public Line next() {
        long number = taken + 1;
        if (number > total) {
            return null;
        }
        taken = number;
        byte[] bytes = text(number).getBytes(StandardCharsets.US_ASCII);
        return line.at(bytes, 0, bytes.length, number);
    }
}
