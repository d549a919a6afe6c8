package io.freshet.gateway.ingest;

import io.freshet.gateway.ingest.IngestOrder.Hashing;
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
 * One input on its way into storage. Bytes are pulled from the source's current chunk, through the unpacking, right
 * into the block that is being filled, and are split and hashed there. All of it happens on the source's context.
 */
final class Intake implements BlockUpload.Listener {
    /** Bytes moved before other work of the context gets its turn: a packed chunk may hold a thousand times its size. */
    private static final int TURN_BYTES = 1 << 20;

    private final ReadStream<Buffer> source;
    private final IngestOrder order;
    private final LineSplitter splitter;
    private final Executor context;
    private final Unpacking unpacking;
    private final @Nullable MessageDigest digest;
    private final BlockUpload upload;
    private final LeastRate rate;
    private @Nullable UniEmitter<? super Ingested> outcome;
    private boolean paused;
    private boolean ended;
    private boolean over;

    Intake(ReadStream<Buffer> source, IngestOrder order, SplitRules rules, Way way) {
        this.source = source;
        this.order = order;
        this.splitter = new LineSplitter(rules);
        this.context = way.context();
        this.unpacking = order.packing().unpacking();
        this.digest = order.hashing() == Hashing.SHA_256 ? sha256() : null;
        this.rate = new LeastRate(way.watch().window(), way.watch().timers(), this::fail);
        this.upload = new BlockUpload(way.destination(), way.staging(), way.context(), this);
    }

    /** Where the bytes go, where all of it happens, and how the client is watched. */
    record Way(Destination destination, BlockUpload.Staging staging, Executor context, LeastRate.Watch watch) {}

    /** Begins to read; the emitter hears of the end, unless the scope ends before. */
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
        unpacking.feed(chunk);
        move();
    }

    private void onEnd() {
        ended = true;
        rate.stop();
        unpacking.end();
        move();
    }

    /** Moves bytes until the source, the storage, or this turn has no more to give. */
    private void move() {
        for (int moved = 0; moved < TURN_BYTES; ) {
            ByteBuffer room = upload.room();
            if (!room.hasRemaining()) {
                pause();
                return;
            }
            int offset = room.arrayOffset() + room.position();
            int read = unpacking.read(room.array(), offset, room.remaining());
            if (read == Unpacking.NEEDS_INPUT) {
                resume();
                return;
            }
            if (read == Unpacking.AT_END) {
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
        upload.commit(order.attributes(), order.condition())
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
        unpacking.close();
        detach();
    }

    /** From here on the source cannot disturb: what happens to a client that has sent everything is no failure. */
    private void detach() {
        source.handler(null);
        source.endHandler(null);
        source.exceptionHandler(null);
    }

    /** A source that has ended must be left alone: a request of HTTP/2 refuses to be paused then. */
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

    /** The outermost place on this way: whatever goes wrong must end the intake, or its caller would wait for ever. */
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
