package io.freshet.gateway.ingest;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Arrays;

/** Gives its chunks, as long as it is not paused, when the test says so. */
final class ScriptedStream implements ReadStream<Buffer> {
    private final ArrayDeque<Buffer> chunks = new ArrayDeque<>();
    private @Nullable Handler<Buffer> handler;
    private @Nullable Handler<Void> endHandler;
    private @Nullable Handler<Throwable> exceptionHandler;
    private boolean paused = true;
    private boolean ended;
    private boolean endless;

    static ScriptedStream of(byte[] bytes, int chunkBytes) {
        ScriptedStream stream = new ScriptedStream();
        for (int from = 0; from < bytes.length; from += chunkBytes) {
            int to = Math.min(bytes.length, from + chunkBytes);
            stream.chunks.add(Buffer.buffer(Arrays.copyOfRange(bytes, from, to)));
        }
        return stream;
    }

    /** Its client keeps the connection, and sends no more. */
    ScriptedStream withoutEnd() {
        endless = true;
        return this;
    }

    /** Gives chunks, and the end, until it is paused; whether it gave anything. */
    boolean flow() {
        boolean gave = false;
        while (!paused && handler != null && !chunks.isEmpty()) {
            handler.handle(chunks.remove());
            gave = true;
        }
        if (!paused && endHandler != null && chunks.isEmpty() && !ended && !endless) {
            ended = true;
            endHandler.handle(null);
            gave = true;
        }
        return gave;
    }

    void fail(Throwable failure) {
        if (exceptionHandler != null) {
            exceptionHandler.handle(failure);
        }
    }

    boolean isPaused() {
        return paused;
    }

    boolean hasEnded() {
        return ended;
    }

    boolean hasHandlers() {
        return handler != null || endHandler != null || exceptionHandler != null;
    }

    int chunksLeft() {
        return chunks.size();
    }

    @Override
    public ReadStream<Buffer> exceptionHandler(@Nullable Handler<Throwable> next) {
        exceptionHandler = next;
        return this;
    }

    @Override
    public ReadStream<Buffer> handler(@Nullable Handler<Buffer> next) {
        handler = next;
        return this;
    }

    @Override
    public ReadStream<Buffer> pause() {
        checkEnded();
        paused = true;
        return this;
    }

    @Override
    public ReadStream<Buffer> resume() {
        checkEnded();
        paused = false;
        return this;
    }

    /** As a request of HTTP/2 does. */
    private void checkEnded() {
        if (ended) {
            throw new IllegalStateException("Request has already been read");
        }
    }

    @Override
    public ReadStream<Buffer> fetch(long amount) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ReadStream<Buffer> endHandler(@Nullable Handler<Void> next) {
        endHandler = next;
        return this;
    }
}
