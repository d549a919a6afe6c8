package io.freshet.watcher.eventgrid;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** Reads bodies of requests into memory, with a limit for each and for all that are being received or handled. */
@Singleton
final class Bodies {
    /** Event Grid sends at most 1 MiB. */
    static final int LONGEST = 2 << 20;

    private static final long MOST = 32L << 20;
    /** Memory for a request besides its body. */
    private static final int HEAD = 4 << 10;

    private final AtomicLong held = new AtomicLong();
    private final long most;

    Bodies() {
        this(MOST);
    }

    Bodies(long most) {
        this.most = most;
    }

    /** Must be called on the request's event loop. The body counts until its use is finished. */
    Uni<Reply> use(HttpServerRequest request, Function<String, Uni<Reply>> use) {
        Body body = new Body();
        return Uni.createFrom()
                .<String>emitter(whole -> body.read(request, whole))
                .flatMap(use::apply)
                .onFailure(Refused.class)
                .recoverWithItem(refused -> refused.reply)
                .onTermination()
                .invoke(body::release);
    }

    private final class Body {
        private final Buffer bytes = Buffer.buffer();
        private long counted;

        void read(HttpServerRequest request, UniEmitter<? super String> whole) {
            if (!counts(HEAD)) {
                request.handler(ignored -> {}).resume();
                whole.fail(new Refused(Reply.later("Too many events are being received at the moment")));
                return;
            }
            request.handler(chunk -> take(chunk, request, whole));
            request.exceptionHandler(whole::fail);
            request.endHandler(end -> whole.complete(bytes.toString(StandardCharsets.UTF_8)));
            request.resume();
        }

        private void take(Buffer chunk, HttpServerRequest request, UniEmitter<? super String> whole) {
            if (bytes.length() + chunk.length() > LONGEST) {
                request.handler(ignored -> {});
                whole.fail(new Refused(Reply.tooLarge(LONGEST)));
            } else if (counts(chunk.length())) {
                bytes.appendBuffer(chunk);
            } else {
                request.handler(ignored -> {});
                whole.fail(new Refused(Reply.later("Too many events are being received at the moment")));
            }
        }

        private synchronized boolean counts(int more) {
            counted += more;
            return held.addAndGet(more) <= most;
        }

        synchronized void release() {
            held.addAndGet(-counted);
            counted = 0;
        }
    }

    private static final class Refused extends RuntimeException {
        private final transient Reply reply;

        Refused(Reply reply) {
            super(reply.body(), null, false, false);
            this.reply = reply;
        }
    }
}
