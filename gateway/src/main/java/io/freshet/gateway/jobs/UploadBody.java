package io.freshet.gateway.jobs;

import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;
import io.freshet.gateway.ingest.ChainedDecoder;
import io.freshet.gateway.ingest.ContentCoding;
import io.freshet.gateway.ingest.ContentCoding.Trait;
import io.freshet.gateway.ingest.Decoder;
import io.freshet.gateway.ingest.GzipDecoder;
import io.freshet.gateway.ingest.Signature;
import io.freshet.gateway.ingest.SniffingDecoder;
import io.freshet.gateway.multipart.Boundary;
import io.freshet.gateway.multipart.FormFiles;
import io.freshet.gateway.multipart.HeaderValue;
import io.vertx.core.http.HttpServerRequest;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** The body of a request: how its lines are sent, raw or in a form, plain or as gzip data. Nothing touches the disk. */
final class UploadBody {
    private static final String FORM = "multipart/form-data";
    private static final String WHAT = "The body";
    private static final Pattern JSON = Pattern.compile("(application|text)/(.+\\+)?json");
    private static final Pattern REFERENCE = Pattern.compile("\uFEFF?\\s*\\{.*\"inputUrl\"\\s*:.*", Pattern.DOTALL);

    private UploadBody() {}

    /** For the OpenAPI document. */
    @Schema(description = "A form with the lines as its file, or as several files, which are joined in their order")
    record FileForm(
            @Schema(
                    type = SchemaType.STRING,
                    format = "binary",
                    description = "The lines; gzip data is unpacked, whatever its name is")
            String file) {}

    /** Fails with MALFORMED or UNSUPPORTED_FORMAT if the headers announce a body that is not supported. */
    static Supplier<Decoder> coding(HttpServerRequest request) {
        HeaderValue type = HeaderValue.parse(request.getHeader("Content-Type"));
        Set<Trait> traits = ContentCoding.declared(encoding(request));
        if (type.value().equals(FORM)) {
            Boundary boundary = Boundary.of(type);
            return () -> new SniffingDecoder(head -> form(head, boundary, traits));
        }
        if (type.value().startsWith("multipart/")) {
            throw unsupported("Content-Type " + type.value() + " is not supported: send the lines as " + FORM);
        }
        ContentCoding lines = new ContentCoding(WHAT, traits);
        return JSON.matcher(type.value()).matches() ? () -> new SniffingDecoder(head -> json(head, lines)) : lines;
    }

    /** Content-Encoding as one text, however many headers there are. */
    static String encoding(HttpServerRequest request) {
        return String.join(", ", request.headers().getAll("Content-Encoding"));
    }

    /** A packed form is unpacked; if a header declares gzip but the form is not packed, it means the files. */
    private static Decoder form(byte[] head, Boundary boundary, Set<Trait> traits) {
        Signature signature = Signature.of(head).orElse(null);
        if (signature == null) {
            return new FormFiles(boundary, traits);
        }
        if (signature != Signature.GZIP) {
            new ContentCoding(WHAT, Set.of()).refuse(signature);
        }
        return new ChainedDecoder(new GzipDecoder(), new FormFiles(boundary, Set.of(Trait.INSIDE_GZIP)));
    }

    private static Decoder json(byte[] head, ContentCoding lines) {
        if (REFERENCE.matcher(new String(head, StandardCharsets.UTF_8)).matches()) {
            throw unsupported("The body has an inputUrl: send it as " + JobReference.MEDIA_TYPE
                    + ", or as application/x-ndjson if it is lines");
        }
        return lines.choose(head);
    }

    private static Permanent unsupported(String what) {
        return new Permanent(FailureCode.UNSUPPORTED_FORMAT, what);
    }

    /** Tells a client that is waiting for it to send the body. */
    static void invite(HttpServerRequest request) {
        if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
            request.response().writeContinue();
        }
    }

    /** Reads on and discards, so that a client that is still sending gets to read the answer. Call on the event loop. */
    static void drain(HttpServerRequest request) {
        if (!request.isEnded()) {
            request.handler(ignored -> {}).exceptionHandler(t -> {}).resume();
        }
    }
}
