package io.freshet.gateway.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.net.HostAndPort;
import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which heads are served. Whatever two recipients could frame differently is refused, even if RFC 9112 lets a server accept
 * it: a request hidden in the body of another bypasses the checks of a proxy in front of the gateway.
 */
final class RequestHead {
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY");

    /** Case is ignored, and a second slash in front is tolerated, as the resources do. */
    private static final Pattern ORCHESTRATIONS =
            Pattern.compile("/+(?:runtime/webhooks|api/orchestrators)(?![^/?])", Pattern.CASE_INSENSITIVE);

    private RequestHead() {}

    /** Whether it is for the orchestrations API, which answers as its original does. */
    static boolean isOfOrchestrations(HttpRequest head) {
        return ORCHESTRATIONS.matcher(head.uri()).lookingAt();
    }

    /** Null if the request may go on. */
    static @Nullable Refusal refusal(HttpRequest head) {
        if (head.decoderResult().isFailure()) {
            return unreadable(head.decoderResult().cause());
        }
        HttpVersion version = head.protocolVersion();
        if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
            return new Refusal(505, "Send HTTP/1.1 or HTTP/1.0");
        }
        if (!METHODS.contains(head.method().name())) {
            return new Refusal(501, "The method is not supported; see /q/openapi");
        }
        String fault = host(head.headers(), version);
        if (fault == null) {
            fault = framing(head.headers());
        }
        if (fault == null) {
            fault = address(head.uri());
        }
        return fault == null ? expectation(head) : new Refusal(400, fault);
    }

    private static Refusal unreadable(Throwable cause) {
        return switch (cause) {
            case TooLongHttpLineException e -> new Refusal(414, "The request line is longer than 4096 bytes");
            case TooLongHttpHeaderException e -> new Refusal(431, "The headers are longer than 64 KiB");
            default -> new Refusal(400, "The head of the request is invalid (RFC 9112)");
        };
    }

    private static @Nullable String host(HttpHeaders headers, HttpVersion version) {
        List<String> hosts = headers.getAll(HttpHeaderNames.HOST);
        if (hosts.isEmpty()) {
            return version.equals(HttpVersion.HTTP_1_1) ? "A request by HTTP/1.1 needs a Host header" : null;
        }
        if (hosts.size() > 1) {
            return "There is more than one Host header";
        }
        boolean valid = hosts.getFirst().isEmpty() || HostAndPort.parseAuthority(hosts.getFirst(), -1) != null;
        return valid ? null : "The Host header is not a host, or a host and a port";
    }

    private static @Nullable String framing(HttpHeaders headers) {
        List<String> codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
        if (codings.isEmpty()) {
            return null;
        }
        if (headers.contains(HttpHeaderNames.CONTENT_LENGTH)) {
            return "There are both Content-Length and Transfer-Encoding";
        }
        boolean chunked = codings.size() == 1 && HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(codings.getFirst());
        return chunked ? null : "The only supported Transfer-Encoding is chunked";
    }

    private static @Nullable String address(String uri) {
        try {
            new URI(uri);
            return null;
        } catch (URISyntaxException e) {
            return "The address has characters that must be encoded as %xx, or a % without two hex digits";
        }
    }

    /** Leaves Expect in its one supported form, or removes it. */
    private static @Nullable Refusal expectation(HttpRequest head) {
        HttpHeaders headers = head.headers();
        List<String> expected = headers.getAll(HttpHeaderNames.EXPECT).stream()
                .flatMap(line -> Arrays.stream(line.split(",")))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
        headers.remove(HttpHeaderNames.EXPECT);
        // RFC 9110, 10.1.1: to be ignored in HTTP/1.0
        if (expected.isEmpty() || head.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
            return null;
        }
        if (!expected.stream().allMatch(HttpHeaderValues.CONTINUE::contentEqualsIgnoreCase)) {
            return new Refusal(417, "The only supported Expect is 100-continue");
        }
        headers.set(HttpHeaderNames.EXPECT, HttpHeaderValues.CONTINUE);
        return null;
    }
}
