package io.freshet.gateway.orchestrations;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;

/** A stream as it is, whose lines that are not blank are counted as they pass. */
final class CountedLines implements ReadStream<Buffer> {
    private final ReadStream<Buffer> stream;
    private long lines;
    private boolean inLine;

    CountedLines(ReadStream<Buffer> stream) {
        this.stream = stream;
    }

    /** So far, and a last line without an end, too. */
    long count() {
        return inLine ? lines + 1 : lines;
    }

    @Override
    public ReadStream<Buffer> handler(@Nullable Handler<Buffer> handler) {
        stream.handler(
                handler == null
                        ? null
                        : chunk -> {
                            count(chunk);
                            handler.handle(chunk);
                        });
        return this;
    }

    private void count(Buffer chunk) {
        for (int i = 0; i < chunk.length(); i++) {
            byte b = chunk.getByte(i);
            if (b == '\n') {
                lines = count();
                inLine = false;
            } else if (b < 0 || b > ' ') {
                inLine = true;
            }
        }
    }

    @Override
    public ReadStream<Buffer> exceptionHandler(@Nullable Handler<Throwable> handler) {
        stream.exceptionHandler(handler);
        return this;
    }

    @Override
    public ReadStream<Buffer> endHandler(@Nullable Handler<Void> handler) {
        stream.endHandler(handler);
        return this;
    }

    @Override
    public ReadStream<Buffer> pause() {
        stream.pause();
        return this;
    }

    @Override
    public ReadStream<Buffer> resume() {
        stream.resume();
        return this;
    }

    @Override
    public ReadStream<Buffer> fetch(long amount) {
        stream.fetch(amount);
        return this;
    }
}
