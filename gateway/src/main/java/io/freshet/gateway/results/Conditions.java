package io.freshet.gateway.results;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What a client already has, and what it wants of the rest: RFC 9110 section 13. A header that was not sent is null.
 *
 * <p>JAX-RS would evaluate the same headers ({@code Request.evaluatePreconditions}), but the framework compares weak tags in
 * If-None-Match strongly, splits tags at their commas, and fails on dates that should be ignored.
 */
record Conditions(
        @Nullable String range,
        @Nullable String ifRange,
        @Nullable String ifMatch,
        @Nullable String ifNoneMatch,
        @Nullable String ifUnmodifiedSince,
        @Nullable String ifModifiedSince) {
    private static final String ANY = "*";
    private static final String WEAK = "W/";
    private static final Pattern TAG = Pattern.compile("(?:W/)?\"[\\x21\\x23-\\x7e\\x80-\\xff]*\"");

    /** What to answer to a request for something that exists. */
    enum Outcome {
        SEND,
        /** 304. */
        NOT_MODIFIED,
        /** 412. */
        FAILED
    }

    /**
     * The current version.
     *
     * @param etag a strong one, in quotes
     * @param lastModified in seconds precision
     */
    record Validators(String etag, Instant lastModified) {}

    static Conditions of(HttpServerRequest request) {
        UnaryOperator<@Nullable String> header = name -> {
            List<String> lines = request.headers().getAll(name);
            return lines.isEmpty() ? null : String.join(",", lines).strip();
        };
        return new Conditions(
                HttpMethod.GET.equals(request.method()) ? header.apply("Range") : null,
                header.apply("If-Range"),
                header.apply("If-Match"),
                header.apply("If-None-Match"),
                header.apply("If-Unmodified-Since"),
                header.apply("If-Modified-Since"));
    }

    /** In the order of section 13.2.2. */
    Outcome against(Validators now) {
        if (ifMatch != null ? !matches(ifMatch, now.etag()) : isAfter(now, ifUnmodifiedSince)) {
            return Outcome.FAILED;
        }
        boolean known = ifNoneMatch != null
                ? matches(ifNoneMatch.replace(WEAK + "\"", "\""), now.etag())
                : isKnown(now, ifModifiedSince);
        return known ? Outcome.NOT_MODIFIED : Outcome.SEND;
    }

    private static boolean matches(String tags, String etag) {
        return tags.equals(ANY)
                || TAG.matcher(tags).results().map(MatchResult::group).anyMatch(etag::equals);
    }

    private static boolean isAfter(Validators now, @Nullable String date) {
        Instant time = HttpDate.read(date);
        return time != null && now.lastModified().isAfter(time);
    }

    private static boolean isKnown(Validators now, @Nullable String date) {
        return HttpDate.read(date) != null && !isAfter(now, date);
    }

    /** The range header, unless it is meant for another version. */
    @Nullable
    String rangeFor(Validators now) {
        boolean same = ifRange == null
                || ifRange.equals(now.etag())
                || now.lastModified().equals(HttpDate.read(ifRange));
        return same ? range : null;
    }
}
