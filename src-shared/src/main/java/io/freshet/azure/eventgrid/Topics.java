package io.freshet.azure.eventgrid;

import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.BearerTokenAuthenticationPolicy;
import com.azure.core.http.policy.HttpPipelinePolicy;
import io.freshet.azure.AzureCalls;
import io.freshet.azure.identity.StorageAccount;
import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import reactor.core.publisher.Mono;

import java.util.List;

/** Opens topics by access key, SAS token or the process's identity. */
@Singleton
final class Topics {
    private static final String SCOPE = "https://eventgrid.azure.net/.default";
    private static final String KEY = "aeg-sas-key";
    private static final String TOKEN = "aeg-sas-token";

    private final HttpClient http;
    private final StorageAccount account;
    private final AzureCalls calls;

    Topics(HttpClient http, StorageAccount account, AzureCalls calls) {
        this.http = http;
        this.account = account;
        this.calls = calls;
    }

    Topic open(String endpoint, TopicSettings settings) {
        // our own policies: the SDK's refuse to send a key over plain http, which local topics use
        var pipeline = new HttpPipelineBuilder()
                .httpClient(http)
                .policies(
                        header(HttpHeaderName.CONTENT_TYPE, settings.schema().contentType()), access(settings.access()))
                .build();
        return new Topic(endpoint, pipeline, calls);
    }

    private HttpPipelinePolicy access(TopicSettings.Access access) {
        return access.key()
                .map(key -> header(HttpHeaderName.fromString(KEY), key))
                .or(() -> access.sasToken().map(token -> header(HttpHeaderName.fromString(TOKEN), token)))
                .orElseGet(() -> new BearerTokenAuthenticationPolicy(account.identity(), SCOPE));
    }

    private static HttpPipelinePolicy header(HttpHeaderName name, String value) {
        return (call, next) -> {
            call.getHttpRequest().setHeader(name, value);
            return next.process();
        };
    }

    /**
     * One Event Grid topic, on the SDK's pipeline but without its publisher: that serializes by reflection, which a
     * native executable lacks, and would write our JSON as a string.
     */
    static final class Topic {
        private static final String VERSION = "api-version=2018-01-01";

        private final String url;
        private final HttpPipeline pipeline;
        private final AzureCalls calls;

        Topic(String endpoint, HttpPipeline pipeline, AzureCalls calls) {
            this.url = endpoint + (endpoint.contains("?") ? "&" : "?") + VERSION;
            this.pipeline = pipeline;
            this.calls = calls;
        }

        /**
         * Publishes the events, each a JSON object, in one request. Fails with EVENT_REFUSED if the topic rejects them.
         */
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

        /** Reads the response to its end so that the connection can be reused. */
        private static Mono<Void> checked(HttpResponse answer) {
            Mono<Void> read = answer.getBodyAsByteArray().then();
            int status = answer.getStatusCode();
            return status >= 200 && status < 300
                    ? read
                    : read.then(Mono.error(() -> new HttpResponseException("The topic answered " + status, answer)));
        }
    }
}
