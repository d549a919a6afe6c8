package io.freshet.azure;

import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpResponse;
import io.freshet.failure.FailureCode;
import io.freshet.failure.FreshetException;
import io.freshet.failure.Permanent;
import io.freshet.failure.Transient;
import io.netty.channel.ChannelException;
import io.vertx.core.VertxException;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/** Translates Azure's failures into ours. The response's body is left out: it may quote what we sent. */
final class AzureFailures {
    private static final String ERROR_CODE = "x-ms-error-code";
    /** A host that is not Azure may send anything; only what looks like a code is repeated. */
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9]{1,64}");

    private AzureFailures() {}

    static FreshetException translate(String operation, Throwable failure) {
        return switch (failure) {
            case FreshetException known -> known;
            case HttpResponseException answered -> fromAnswer(operation, answered);
            case IOException e -> unavailable(operation, e);
            case TimeoutException e -> unavailable(operation, e);
            case VertxException e -> unavailable(operation, e);
            case ChannelException e -> unavailable(operation, e);
            // Vert.x throws this when a connection closes while a request is being written
            case NoSuchElementException e -> unavailable(operation, e);
            // and this when it closes between a response's head and its body
            case IllegalStateException e -> unavailable(operation, e);
            default ->
                isConnection(failure.getCause())
                        ? unavailable(operation, failure)
                        : new Permanent(
                                FailureCode.STORAGE_REFUSED,
                                operation + " failed: " + failure.getClass().getName(),
                                failure);
        };
    }

    private static boolean isConnection(@Nullable Throwable t) {
        return t instanceof IOException || t instanceof TimeoutException || t instanceof VertxException;
    }

    private static Transient unavailable(String operation, Throwable cause) {
        return new Transient(
                FailureCode.STORAGE_UNAVAILABLE, operation + ": no answer (" + describe(cause) + ")", cause);
    }

    private static String describe(Throwable t) {
        return t.getMessage() == null ? t.getClass().getSimpleName() : t.getMessage();
    }

    private static FreshetException fromAnswer(String operation, HttpResponseException e) {
        HttpResponse response = e.getResponse();
        if (response == null) {
            return unavailable(operation, e);
        }
        int status = response.getStatusCode();
        String text = (operation + " answered " + status + " " + code(response)).strip();
        return switch (status) {
            case 404 -> new Permanent(FailureCode.NOT_FOUND, text, e);
            case 409 -> new Permanent(FailureCode.CONFLICT, text, e);
            case 412 -> new Permanent(FailureCode.PRECONDITION_FAILED, text, e);
            case 413 -> new Permanent(FailureCode.MESSAGE_TOO_LARGE, text, e);
            case 501 -> new Permanent(FailureCode.NOT_SUPPORTED, text, e);
            case 408, 429, 500, 502, 503, 504 ->
                new Transient(FailureCode.STORAGE_UNAVAILABLE, text, e, retryAfter(response));
            default -> new Permanent(FailureCode.STORAGE_REFUSED, text, e);
        };
    }

    /** The service's own error code; empty if it sent none. */
    static String code(Throwable failure) {
        HttpResponse response = failure.getCause() instanceof HttpResponseException e ? e.getResponse() : null;
        return response == null ? "" : code(response);
    }

    private static String code(HttpResponse response) {
        String code = response.getHeaderValue(HttpHeaderName.fromString(ERROR_CODE));
        return code != null && CODE.matcher(code).matches() ? code : "";
    }

    private static @Nullable Duration retryAfter(HttpResponse response) {
        String value = response.getHeaderValue(HttpHeaderName.RETRY_AFTER);
        if (value == null || !value.chars().allMatch(Character::isDigit) || value.length() > 6) {
            return null;
        }
        return Duration.ofSeconds(Long.parseLong(value));
    }
}
