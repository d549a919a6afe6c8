package io.freshet.azure.identity;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.BinaryData;
import com.azure.core.util.CoreUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;

/** A response whose body is in memory. */
final class WholeResponse extends HttpResponse {
    private final HttpResponse head;
    private final byte[] body;

    WholeResponse(HttpResponse head, byte[] body) {
        super(head.getRequest());
        this.head = head;
        this.body = body;
    }

    @Override
    public int getStatusCode() {
        return head.getStatusCode();
    }

    @Override
    @SuppressWarnings("deprecation")
    public String getHeaderValue(String name) {
        return head.getHeaderValue(name);
    }

    @Override
    public HttpHeaders getHeaders() {
        return head.getHeaders();
    }

    @Override
    public BinaryData getBodyAsBinaryData() {
        return BinaryData.fromBytes(body);
    }

    @Override
    public Flux<ByteBuffer> getBody() {
        return body.length == 0 ? Flux.empty() : Flux.just(ByteBuffer.wrap(body));
    }

    @Override
    public Mono<byte[]> getBodyAsByteArray() {
        return body.length == 0 ? Mono.empty() : Mono.just(body);
    }

    @Override
    public Mono<String> getBodyAsString() {
        return getBodyAsByteArray()
                .map(bytes -> CoreUtils.bomAwareToString(bytes, getHeaderValue(HttpHeaderName.CONTENT_TYPE)));
    }

    @Override
    public Mono<String> getBodyAsString(Charset charset) {
        return getBodyAsByteArray().map(bytes -> new String(bytes, charset));
    }

    @Override
    public HttpResponse buffer() {
        return this;
    }

    @Override
    public void close() {
        // nothing is left of it but what is here
    }
}
