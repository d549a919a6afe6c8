package io.freshet.gateway.jobs;

import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;
import io.freshet.gateway.ingest.ByContent;
import io.freshet.gateway.ingest.Content;
import io.freshet.gateway.ingest.Content.Trait;
import io.freshet.gateway.ingest.ContentEncoding;
import io.freshet.gateway.ingest.Packing;
import io.freshet.gateway.ingest.Piped;
import io.freshet.gateway.ingest.Signature;
import io.freshet.gateway.ingest.Unpacking;
import io.freshet.gateway.multipart.Boundary;
import io.freshet.gateway.multipart.FormFiles;
import io.freshet.gateway.multipart.HeaderValue;
import io.vertx.core.http.HttpServerRequest;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;

/** How the lines come in a request's body: raw or in a form, plain or as gzip data. Nothing touches the disk. */
final class UploadBody {
    private static final String FORM = "multipart/form-data";
    private static final String WHAT = "The body";
    private static final Pattern JSON = Pattern.compile("(application|text)/(.+\\+)?json");
    private static final Pattern REFERENCE = Pattern.compile("\uFEFF?\\s*\\{.*\"inputUrl\"\\s*:.*", Pattern.DOTALL);

    private final HttpServerRequest request;

    UploadBody(HttpServerRequest request) {
        this.request = request;
    }

    /** Fails with MALFORMED or UNSUPPORTED_FORMAT if the headers are those of a body that is not taken. */
    Packing packing() {
        HeaderValue type = HeaderValue.parse(request.getHeader("Content-Type"));
        Set<Trait> traits = ContentEncoding.traits(encoding(request));
        if (type.value().equals(FORM)) {
            Boundary boundary = Boundary.of(type);
            return () -> new ByContent(head -> form(head, boundary, traits));
        }
        if (type.value().startsWith("multipart/")) {
            throw unsupported("Content-Type " + type.value() + " is not taken: send the lines as " + FORM);
        }
        Content content = new Content(WHAT, traits);
        return JSON.matcher(type.value()).matches() ? () -> new ByContent(head -> json(head, content)) : content;
    }

    /** Content-Encoding as one text, however many headers there are. */
    static String encoding(HttpServerRequest request) {
        return String.join(", ", request.headers().getAll("Content-Encoding"));
    }

    /** A packed form is unpacked itself; where a header says so of a form that is not, it speaks of the files. */
    private static Unpacking form(byte[] head, Boundary boundary, Set<Trait> traits) {
        Signature signature = Signature.of(head).orElse(null);
        if (signature == null) {
            return new FormFiles(boundary, traits);
        }
        if (signature != Signature.GZIP) {
            new Content(WHAT, Set.of()).refuse(signature);
        }
        return new Piped(Packing.GZIP.unpacking(), new FormFiles(boundary, Set.of(Trait.WITHIN_GZIP)));
    }

    private static Unpacking json(byte[] head, Content content) {
        if (REFERENCE.matcher(new String(head, StandardCharsets.UTF_8)).matches()) {
            throw unsupported("The body has an inputUrl: send it as " + JobsResource.BY_REFERENCE
                    + ", or as application/x-ndjson if it is lines");
        }
        return content.choose(head);
    }

    private static Permanent unsupported(String what) {
        return new Permanent(FailureCode.UNSUPPORTED_FORMAT, what);
    }

    /** Tells a client that waits for it to send the body. */
    static void invite(HttpServerRequest request) {
        if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
            request.response().writeContinue();
        }
    }

    /**
     * Reads on and forgets, so that a client that is still sending gets to read the answer. To be called on the request's
     * event loop.
     */
    void drain() {
        if (!request.isEnded()) {
            request.handler(ignored -> {}).exceptionHandler(t -> {}).resume();
        }
    }
}
