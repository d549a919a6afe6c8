package io.freshet.worker.execution;

import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;

/** What a computation gives back for an input of its own: the first line is the result. */
final class OneResult implements Results {
    private @Nullable String first;

    /** JSON null if nothing was written. */
    String text() {
        return first == null ? "null" : first;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        if (first == null) {
            first = new String(bytes, offset, length, StandardCharsets.UTF_8);
        }
    }

    /** There is no other line that could be kept. */
    @Override
    public void reject(Line line, String reason) {
        throw new Permanent(FailureCode.COMPUTATION_FAILED, reason);
    }
}
