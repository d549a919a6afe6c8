package io.freshet.worker.handler;

import io.freshet.worker.execution.Line;
import io.freshet.worker.execution.Results;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a computation puts out. */
public final class MemoryResults implements Results {

    private final List<String> written = new ArrayList<>();
    private final List<String> rejected = new ArrayList<>();

    @Override
    public void write(byte[] bytes, int offset, int length) {
        written.add(new String(bytes, offset, length, StandardCharsets.UTF_8));
    }

    @Override
    public void reject(Line line, String reason) {
        rejected.add(line.number() + ": " + reason);
    }

    public List<String> written() {
        return written;
    }

    /** Each as {@code number: reason}. */
    public List<String> rejected() {
        return rejected;
    }
}
