package io.freshet.gateway.http;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import jakarta.inject.Singleton;

import java.util.List;
import java.util.regex.Pattern;

/** Removes the values of credentials from the queries that spans record. */
@Singleton
final class SecretsInSpans implements SpanProcessor {
    private static final List<AttributeKey<String>> WITH_QUERY = List.of(
            AttributeKey.stringKey("url.query"),
            AttributeKey.stringKey("url.full"),
            AttributeKey.stringKey("http.target"));
    /** The system key of orchestrations, a ticket, and the signature of a SAS. */
    private static final Pattern SECRET = Pattern.compile("(?i)(^|[?&])(code|ticket|sig)=[^&]*");

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
        for (AttributeKey<String> key : WITH_QUERY) {
            String text = span.getAttribute(key);
            if (text != null) {
                span.setAttribute(key, SECRET.matcher(text).replaceAll("$1$2=REDACTED"));
            }
        }
    }

    @Override
    public boolean isStartRequired() {
        return true;
    }

    @Override
    public void onEnd(ReadableSpan span) {}

    @Override
    public boolean isEndRequired() {
        return false;
    }
}
