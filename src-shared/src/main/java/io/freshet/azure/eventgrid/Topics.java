package io.freshet.azure.eventgrid;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.policy.BearerTokenAuthenticationPolicy;
import com.azure.core.http.policy.HttpPipelinePolicy;
import io.freshet.azure.AzureCalls;
import io.freshet.azure.identity.StorageAccount;
import jakarta.inject.Singleton;

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
        // policies of our own: the SDK's refuse to show a key over plain http, which local topics speak
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
}
