package io.freshet.gateway.http;

import io.freshet.gateway.problem.Problem;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * Stands between the codec and the server. Answers invalid requests itself, after the answers that are due before them, and
 * ends the connection: nothing that follows on it is served. Bounds how long a head may take, and how long a connection is
 * kept without a request.
 */
final class ConnectionGuard extends ChannelDuplexHandler {
    private static final Logger LOG = Logger.getLogger(ConnectionGuard.class);
    /** For a client that goes on sending: closing a connection with unread bytes loses the answer. */
    private static final Duration LINGER = Duration.ofSeconds(2);

    private final Duration headTime;
    private final Duration idleTime;
    private @Nullable ScheduledFuture<?> timer;
    private boolean headBegun;
    private boolean messageRead;
    private boolean inBody;
    /** The requests whose answers are due. */
    private final Queue<Due> due = new ArrayDeque<>();

    /** Whether the first of these answers has begun. */
    private boolean answering;

    /** Refusals of the orchestrations API have no body where the original's have none. */
    private record Due(HttpMethod method, boolean isOfOrchestrations) {
        boolean wantsNoBody() {
            return isOfOrchestrations || method.equals(HttpMethod.HEAD);
        }
    }

    private @Nullable Refusal refusal;
    private boolean withoutBody;
    /** How many due answers go before the refusal; one more if the refusal takes the place of one. */
    private int before;

    private boolean refused;

    /**
     * @param headTime from the first byte of a head, or the start of the connection, to the end of the head
     * @param idleTime from the end of an answer to the next request
     */
    ConnectionGuard(Duration headTime, Duration idleTime) {
        this.headTime = headTime;
        this.idleTime = idleTime;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        await(context, headTime);
        context.fireChannelActive();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        cancelTimer();
        context.fireChannelInactive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        messageRead = true;
        if (refusal != null) {
            ReferenceCountUtil.release(message);
        } else if (message instanceof HttpRequest head) {
            begin(context, head);
        } else if (message instanceof HttpContent content
                && content.decoderResult().isFailure()) {
            ReferenceCountUtil.release(message);
            refuse(context, new Refusal(400, "The chunks of the body are invalid (RFC 9112)"), 1);
        } else {
            inBody &= !(message instanceof LastHttpContent);
            context.fireChannelRead(message);
            awaitNext(context);
        }
    }

    private void begin(ChannelHandlerContext context, HttpRequest head) {
        cancelTimer();
        headBegun = false;
        Refusal fault = RequestHead.refusal(head);
        withoutBody = head.method().equals(HttpMethod.HEAD);
        if (fault != null) {
            ReferenceCountUtil.release(head);
            refuse(context, fault, 0);
            return;
        }
        due.add(new Due(head.method(), RequestHead.isOfOrchestrations(head)));
        inBody = true;
        context.fireChannelRead(head);
    }

    /** Bytes without a message are the start of a head. */
    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (!messageRead && !inBody && !headBegun && refusal == null) {
            headBegun = true;
            await(context, headTime);
        }
        messageRead = false;
        context.fireChannelReadComplete();
    }

    private void await(ChannelHandlerContext context, Duration time) {
        cancelTimer();
        timer = context.executor().schedule(() -> timeOut(context, time), time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void awaitNext(ChannelHandlerContext context) {
        if (due.isEmpty() && !inBody && !headBegun && refusal == null) {
            await(context, idleTime);
        }
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void timeOut(ChannelHandlerContext context, Duration time) {
        if (!due.isEmpty()) {
            // the server may not read on before it has answered
            await(context, time);
        } else if (headBegun) {
            refuse(context, new Refusal(408, "The head did not come within " + time.toSeconds() + " s"), 0);
        } else {
            context.close();
        }
    }

    private void refuse(ChannelHandlerContext context, Refusal fault, int begun) {
        LOG.debugf("Refused %s: %d, %s", context.channel().remoteAddress(), fault.status(), fault.detail());
        cancelTimer();
        refusal = fault;
        before = begun;
        answerRefused(context, fault);
    }

    private void answerRefused(ChannelHandlerContext context, Refusal fault) {
        if (due.size() > before || (!due.isEmpty() && answering)) {
            return;
        }
        refused = true;
        if (due.size() < before) {
            linger(context);
            return;
        }
        context.writeAndFlush(answer(fault)).addListener(written -> linger(context));
    }

    private HttpResponse answer(Refusal fault) {
        byte[] body = fault.body();
        DefaultFullHttpResponse answer = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(fault.status()),
                withoutBody ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(body));
        answer.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .set(HttpHeaderNames.CONTENT_LENGTH, body.length)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        protect(answer.headers());
        return answer;
    }

    private static void linger(ChannelHandlerContext context) {
        if (context.channel() instanceof DuplexChannel channel) {
            channel.shutdownOutput();
            channel.config().setAutoRead(true);
            context.executor().schedule(() -> context.close(), LINGER.toMillis(), TimeUnit.MILLISECONDS);
        } else {
            context.close();
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (refused) {
            ReferenceCountUtil.release(message);
            promise.tryFailure(new ClosedChannelException());
            return;
        }
        if (message instanceof HttpResponse head) {
            if (head.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
                context.write(message, promise);
                return;
            }
            answering = true;
            complete(head);
        }
        context.write(message instanceof FullHttpResponse whole ? explained(whole) : message, promise);
        if (message instanceof LastHttpContent) {
            answered(context);
        }
    }

    private void answered(ChannelHandlerContext context) {
        answering = false;
        due.poll();
        if (refusal != null) {
            answerRefused(context, refusal);
        } else {
            awaitNext(context);
        }
    }

    /** Adds a body to refusals that the server makes before our own handlers are reached. */
    private FullHttpResponse explained(FullHttpResponse answer) {
        boolean mute = answer.status().code() >= HttpResponseStatus.BAD_REQUEST.code()
                && !answer.content().isReadable()
                && !answer.headers().contains(HttpHeaderNames.CONTENT_TYPE);
        Due asked = due.peek();
        if (!mute || (asked != null && asked.wantsNoBody())) {
            return answer;
        }
        byte[] body = new Refusal(answer.status().code(), "The request cannot be served; see /q/openapi").body();
        answer.release();
        answer.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .set(HttpHeaderNames.CONTENT_LENGTH, body.length);
        return new DefaultFullHttpResponse(
                answer.protocolVersion(),
                answer.status(),
                Unpooled.wrappedBuffer(body),
                answer.headers(),
                answer.trailingHeaders());
    }

    /** A server answers in its own version, whatever the version of the request. */
    private static void complete(HttpResponse head) {
        HttpHeaders headers = head.headers();
        if (head.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
            head.setProtocolVersion(HttpVersion.HTTP_1_1);
            if (!headers.contains(HttpHeaderNames.CONNECTION)) {
                headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
            }
        }
        protect(headers);
    }

    /** Nothing is guessed from content, and nothing is cached that does not say it may be. */
    private static void protect(HttpHeaders headers) {
        headers.set("X-Content-Type-Options", "nosniff");
        if (!headers.contains(HttpHeaderNames.CACHE_CONTROL)) {
            headers.set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE);
        }
    }
}
