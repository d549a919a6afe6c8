package io.freshet.gateway.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** One connection, by the channel's own clock. */
class ConnectionGuardTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final String TWO_HOSTS = "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n";

    private final EmbeddedChannel channel = new EmbeddedChannel(
            new HttpRequestDecoder(),
            new HttpResponseEncoder(),
            new ConnectionGuard(Duration.ofSeconds(30), Duration.ofSeconds(75)));

    ConnectionGuardTest() {
        channel.freezeTime();
    }

    @Test
    void aConnectionThatSaysNothingIsClosedWithoutAWord() {
        pass(29);
        assertThat(channel.isOpen()).isTrue();
        pass(1);
        assertThat(channel.isOpen()).isFalse();
        assertThat(sent()).isEmpty();
    }

    @Test
    void aHeadThatComesByteByByteIsAnswered408() {
        pass(20);
        receive("GET / HT");
        pass(20);
        receive("TP/1.1");
        pass(9);
        assertThat(channel.isOpen()).isTrue();
        receive("\r");
        pass(1);
        assertThat(sent()).startsWith("HTTP/1.1 408 ").contains("application/problem+json");
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void aBodyMayTakeItsTime() {
        receive("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n1");
        pass(3600);
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void anAnswerMayTakeItsTime() {
        receive(GET);
        pass(3600);
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void aConnectionIsKeptForAWhileBetweenRequests() {
        receive(GET);
        answer();
        pass(74);
        receive(GET);
        answer();
        pass(74);
        assertThat(channel.isOpen()).isTrue();
        pass(1);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void aSecondHeadHasAsMuchTimeAsTheFirst() {
        receive(GET);
        answer();
        sent();
        pass(70);
        receive("GET ");
        pass(29);
        assertThat(channel.isOpen()).isTrue();
        pass(1);
        assertThat(sent()).startsWith("HTTP/1.1 408 ");
    }

    @Test
    void aRefusalWaitsForTheAnswersBeforeIt() {
        receive(GET + TWO_HOSTS + GET);
        assertThat(served()).isEqualTo(1);
        assertThat(sent()).isEmpty();
        answer();
        assertThat(sent()).matches("(?s)HTTP/1.1 200 OK.*HTTP/1.1 400 Bad Request.*");
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void aBrokenBodyIsAnsweredInPlaceOfItsRequest() {
        receive("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n" + GET);
        assertThat(served()).isEqualTo(1);
        assertThat(sent()).startsWith("HTTP/1.1 400 ");
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void aBrokenBodyOfARequestThatIsAnsweredEndsTheConnectionOnly() {
        receive("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
        answer();
        assertThat(sent()).startsWith("HTTP/1.1 200 ");
        receive("xyz\r\n");
        assertThat(sent()).isEmpty();
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void anAnswerWithoutBodyThatRefusesIsMadeAProblem() {
        receive(GET);
        channel.writeOutbound(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.BAD_REQUEST));
        assertThat(sent()).contains("application/problem+json", "\"status\":400", "nosniff", "no-store");
    }

    private void receive(String text) {
        channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1));
    }

    private void answer() {
        DefaultFullHttpResponse answer = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        answer.headers().set("Content-Length", 0);
        channel.writeOutbound(answer);
    }

    private void pass(int seconds) {
        channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
    }

    /** Requests that came through. */
    private int served() {
        int requests = 0;
        for (Object message = channel.readInbound(); message != null; message = channel.readInbound()) {
            requests += message instanceof HttpRequest ? 1 : 0;
        }
        return requests;
    }

    /** What went out since the last call. */
    private String sent() {
        StringBuilder text = new StringBuilder();
        for (ByteBuf bytes = channel.readOutbound(); bytes != null; bytes = channel.readOutbound()) {
            text.append(bytes.toString(StandardCharsets.ISO_8859_1));
            bytes.release();
        }
        return text.toString();
    }
}
