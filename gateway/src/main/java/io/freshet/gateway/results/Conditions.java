package io.freshet.gateway.results;

import jakarta.ws.rs.core.HttpHeaders;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/** What a client already has, and what it wants of the rest. */
record Conditions(
        @Nullable String range,
        @Nullable String ifRange,
        @Nullable String ifNoneMatch) {

    static Conditions of(HttpHeaders headers) {
        return new Conditions(
                headers.getHeaderString("Range"),
                headers.getHeaderString("If-Range"),
                headers.getHeaderString("If-None-Match"));
    }

    boolean isKnown(String etag) {
        return ifNoneMatch != null
                && Arrays.stream(ifNoneMatch.split(","))
                        .map(String::trim)
                        .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
                        .anyMatch(tag -> tag.equals("*") || tag.equals(etag));
    }

    /** The range header, unless it is meant for another version of the results. */
    @Nullable
    String rangeFor(String etag) {
        return ifRange == null || ifRange.equals(etag) ? range : null;
    }
}
