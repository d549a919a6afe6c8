package io.freshet.worker.execution;

import io.freshet.run.Run;
import io.freshet.run.RunId;
import io.freshet.storage.RunInputs;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads ranges of inputs. A worker gets many small, adjacent parts, so the window read for one is kept for its
 * neighbours. Large ranges are read directly. Least recently used windows are dropped: a policy that counts uses would
 * drop new windows in favour of finished ones.
 */
@Singleton
final class InputWindows {
    private static final int WINDOW = 256 * 1024;
    private static final int KEPT = 16;

    private final RunInputs inputs;
    private final Map<Key, Uni<ByteBuffer>> windows = new LinkedHashMap<>(KEPT, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Uni<ByteBuffer>> eldest) {
            return size() > KEPT;
        }
    };

    private record Key(RunId run, long window) {}

    InputWindows(RunInputs inputs) {
        this.inputs = inputs;
    }

    /** Bytes {@code [offset, offset + length)} of the run's input, fewer at its end. */
    Uni<ByteBuffer> read(Run run, long offset, int length) {
        Key key = new Key(run.id(), offset / WINDOW);
        int start = (int) (offset % WINDOW);
        return length > WINDOW / 2 || start + length > WINDOW
                ? inputs.readRange(run, offset, length)
                : window(run, key).map(bytes -> slice(bytes, start, length));
    }

    private synchronized Uni<ByteBuffer> window(Run run, Key key) {
        return windows.computeIfAbsent(
                key,
                k -> inputs.readRange(run, k.window() * WINDOW, WINDOW)
                        .onFailure()
                        .invoke(() -> forget(k))
                        .memoize()
                        .indefinitely());
    }

    private synchronized void forget(Key key) {
        windows.remove(key);
    }

    private static ByteBuffer slice(ByteBuffer bytes, int start, int length) {
        int from = Math.min(start, bytes.remaining());
        return bytes.slice(bytes.position() + from, Math.min(length, bytes.remaining() - from));
    }
}
