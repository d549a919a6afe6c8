package io.freshet.azure.eventgrid;

import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import io.freshet.azure.AzureCalls;
import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;
import io.smallrye.mutiny.Uni;
import reactor.core.publisher.Mono;

import java.util.List;

/**
 * One Event Grid topic, on the SDK's pipeline but not its publisher: that one writes events by reflection, which a native
 * executable lacks, and JSON that is written already as strings.
 */
final class Topic {
    private static final String VERSION = "api-version=2018-01-01";

    private final String url;
    private final HttpPipeline pipeline;
    private final AzureCalls calls;

    Topic(String endpoint, HttpPipeline pipeline, AzureCalls calls) {
        this.url = endpoint + (endpoint.contains("?") ? "&" : "?") + VERSION;
        this.pipeline = pipeline;
        this.calls = calls;
    }

    /** Publishes the events, each a JSON object, as one request. EVENT_REFUSED if the topic will not have them. */
    Uni<Void> publish(List<String> events) {
        String body = "[" + String.join(",", events) + "]";
        return calls.call("PublishEvents", () -> post(body))
                .onFailure(Permanent.class)
                .transform(t -> new Permanent(FailureCode.EVENT_REFUSED, String.valueOf(t.getMessage()), t));
    }

    private Mono<Void> post(String body) {
        HttpRequest request = new HttpRequest(HttpMethod.POST, url).setBody(body);
        return pipeline.send(request).flatMap(Topic::checked);
    }

    /** Reads the answer to its end, so that the connection can be used again. */
    private static Mono<Void> checked(HttpResponse answer) {
        Mono<Void> read = answer.getBodyAsByteArray().then();
        int status = answer.getStatusCode();
        return status >= 200 && status < 300
                ? read
                : read.then(Mono.error(() -> new HttpResponseException("The topic answered " + status, answer)));
    }
}
