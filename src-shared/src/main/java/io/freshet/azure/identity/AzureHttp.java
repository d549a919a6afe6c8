package io.freshet.azure.identity;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.vertx.VertxHttpClientBuilder;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.core.util.CoreUtils;
import io.freshet.azure.AzureCallConfig;
import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.concurrent.TimeUnit;

/** The SDK's HTTP client on the application's own event loops. */
final class AzureHttp {
    private static final int CONNECT_MILLIS = 5_000;

    @Produces
    @Singleton
    HttpClient client(Vertx vertx, AzureCallConfig config) {
        HttpClientOptions options = new HttpClientOptions()
                .setMaxPoolSize(config.connections())
                .setConnectTimeout(CONNECT_MILLIS)
                .setKeepAlive(true)
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setIdleTimeout(Math.toIntExact(config.silence().toMillis()));
        return new BoundedHttpClient(new VertxHttpClientBuilder()
                .vertx(vertx)
                .httpClientOptions(options)
                .build());
    }

    /**
     * Limits what is read into memory to what storage can send: the SDK would read any response whole, and a host's
     * Content-Length need not be true. Streams are left to the caller, unless the response is an error.
     */
    static final class BoundedHttpClient implements HttpClient {
        /** A page of 5,000 blobs with all possible metadata. */
        private static final int LONGEST_ANSWER = 64 << 20;

        private static final int LONGEST_ERROR = 64 << 10;
        private static final int FIRST_ERROR = 300;

        /** Keys by which the SDK instructs its clients; they have no public constants. */
        private static final String READ_NOW = "azure-eagerly-read-response";

        private static final String DROP_BODY = "azure-ignore-response-body";

        private final HttpClient client;

        BoundedHttpClient(HttpClient client) {
            this.client = client;
        }

        @Override
        public Mono<HttpResponse> send(HttpRequest request) {
            return send(request, Context.NONE);
        }

        @Override
        public Mono<HttpResponse> send(HttpRequest request, Context context) {
            boolean readNow = isSet(context, READ_NOW) || isSet(context, DROP_BODY);
            Context streamed = context.addData(READ_NOW, false).addData(DROP_BODY, false);
            return client.send(request, streamed).flatMap(response -> bounded(response, readNow));
        }

        private static boolean isSet(Context context, String key) {
            return Boolean.TRUE.equals(context.getData(key).orElse(false));
        }

        private static Mono<HttpResponse> bounded(HttpResponse response, boolean readNow) {
            if (response.getRequest().getHttpMethod() == HttpMethod.HEAD) {
                return read(response);
            }
            if (response.getStatusCode() >= FIRST_ERROR) {
                // too long to be storage's: not read, the status says enough
                return isShort(response) ? read(response) : Mono.just(new WholeResponse(response, new byte[0]));
            }
            return readNow ? read(response) : Mono.just(response);
        }

        private static boolean isShort(HttpResponse response) {
            String length = response.getHeaderValue(HttpHeaderName.CONTENT_LENGTH);
            return length != null && length.matches("\\d{1,9}") && Integer.parseInt(length) <= LONGEST_ERROR;
        }

        private static Mono<HttpResponse> read(HttpResponse response) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            return response.getBody()
                    .doOnNext(chunk -> append(body, chunk))
                    .then(Mono.fromSupplier(() -> new WholeResponse(response, body.toByteArray())));
        }

        private static void append(ByteArrayOutputStream body, ByteBuffer chunk) {
            if (body.size() + chunk.remaining() > LONGEST_ANSWER) {
                throw new Permanent(
                        FailureCode.STORAGE_REFUSED, "The response is longer than " + LONGEST_ANSWER + " bytes");
            }
            byte[] bytes = new byte[chunk.remaining()];
            chunk.get(bytes);
            body.writeBytes(bytes);
        }

        /** A response whose body is in memory. */
        static final class WholeResponse extends HttpResponse {
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
                // all of it is in memory already
            }
        }
    }
}
