package io.freshet.gateway.ingest;

import io.freshet.gateway.ingest.UploadIngest.Hashing;
import io.freshet.gateway.ingest.UploadIngest.Ingested;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Moves one input into storage. Bytes are pulled from the source's current chunk, through the decoder, straight into the
 * block being filled, and are split and hashed there. Everything happens on the source's context.
 */
final class UploadPump implements BlockUpload.Listener {
    /** Bytes moved before other tasks of the context get their turn: a packed chunk may hold a thousand times its size. */
    private static final int TURN_BYTES = 1 << 20;

    private final ReadStream<Buffer> source;
    private final UploadIngest.Request request;
    private final LineSplitter splitter;
    private final Executor context;
    private final Decoder decoder;
    private final @Nullable MessageDigest digest;
    private final BlockUpload upload;
    private final MinimumRate rate;
    private @Nullable UniEmitter<? super Ingested> outcome;
    private boolean paused;
    private boolean ended;
    private boolean over;

    /**
     * Fails as {@link BlockUpload} does.
     *
     * @param context runs tasks one after the other, and never within {@code execute}
     * @param watch how the client's rate is watched
     */
    UploadPump(
            ReadStream<Buffer> source,
            UploadIngest.Request request,
            Destination destination,
            UploadBudget budget,
            Executor context,
            MinimumRate.Watch watch) {
        this.source = source;
        this.request = request;
        this.splitter = new LineSplitter(request.rules());
        this.context = context;
        this.decoder = request.coding().get();
        this.digest = request.hashing() == Hashing.SHA_256 ? sha256() : null;
        this.rate = new MinimumRate(watch, this::fail);
        this.upload = new BlockUpload(destination, budget, context, this);
    }

    /** Starts to read; the emitter is told the outcome, unless the scope ends first. */
    void start(UniEmitter<? super Ingested> emitter, UploadScope scope) {
        outcome = emitter;
        scope.onEnd(() -> context.execute(this::cancel));
        emitter.onTermination(() -> context.execute(this::cancel));
        source.exceptionHandler(this::fail);
        source.endHandler(end -> guarded(this::onEnd));
        source.handler(chunk -> guarded(() -> onChunk(chunk)));
        source.resume();
    }

    @Override
    public void onRoom() {
        guarded(this::move);
    }

    @Override
    public void onFailure(Throwable failure) {
        fail(failure);
    }

    private void onChunk(Buffer chunk) {
        rate.received(chunk.length());
        decoder.feed(chunk);
        move();
    }

    private void onEnd() {
        ended = true;
        rate.stop();
        decoder.end();
        move();
    }

    /** Moves bytes until the source is empty, storage is behind, or this turn is over. */
    private void move() {
        for (int moved = 0; moved < TURN_BYTES; ) {
            ByteBuffer room = upload.room();
            if (!room.hasRemaining()) {
                pause();
                return;
            }
            int offset = room.arrayOffset() + room.position();
            int read = decoder.read(room.array(), offset, room.remaining());
            if (read == Decoder.NEEDS_INPUT) {
                resume();
                return;
            }
            if (read == Decoder.AT_END) {
                commit();
                return;
            }
            pass(room.array(), offset, read);
            moved += read;
        }
        pause();
        context.execute(() -> guarded(this::move));
    }

    private void pass(byte[] bytes, int offset, int length) {
        splitter.accept(bytes, offset, length);
        if (digest != null) {
            digest.update(bytes, offset, length);
        }
        upload.advance(length);
    }

    private void commit() {
        detach();
        PartTable parts = splitter.finish();
        Optional<String> sha256 =
                Optional.ofNullable(digest).map(MessageDigest::digest).map(HexFormat.of()::formatHex);
        upload.commit(request.attributes(), request.condition())
                .subscribe()
                .with(written -> succeed(new Ingested(parts, sha256, written)), this::fail);
    }

    private void succeed(Ingested ingested) {
        UniEmitter<? super Ingested> waiting = outcome;
        if (!over && waiting != null) {
            stop();
            waiting.complete(ingested);
        }
    }

    private void fail(Throwable failure) {
        UniEmitter<? super Ingested> waiting = outcome;
        if (!over && waiting != null) {
            pause();
            stop();
            waiting.fail(failure);
        }
    }

    private void cancel() {
        if (!over) {
            pause();
            stop();
        }
    }

    private void stop() {
        over = true;
        rate.stop();
        upload.abort();
        decoder.close();
        detach();
    }

    /** From here on the source cannot interfere: what happens to a client that has sent everything is no failure. */
    private void detach() {
        source.handler(null);
        source.endHandler(null);
        source.exceptionHandler(null);
    }

    /** A source that has ended must be left alone: an HTTP/2 request refuses to be paused then. */
    private void pause() {
        if (!paused && !ended) {
            paused = true;
            rate.pause();
            source.pause();
        }
    }

    private void resume() {
        if (paused && !ended) {
            paused = false;
            rate.resume();
            source.resume();
        }
    }

    /** Outermost handler: whatever goes wrong must end the pump, or its caller would wait for ever. */
    private void guarded(Runnable action) {
        if (over) {
            return;
        }
        try {
            action.run();
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
