package io.freshet.azure.identity;

import com.azure.core.http.HttpClient;
import com.azure.core.http.vertx.VertxHttpClientBuilder;
import io.freshet.azure.AzureCallConfig;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import java.util.concurrent.TimeUnit;

/** The SDK's HTTP client on the application's own event loops. */
final class AzureHttp {
    private static final int CONNECT_MILLIS = 5_000;

    @Produces
    @Singleton
    HttpClient client(Vertx vertx, AzureCallConfig config) {
        HttpClientOptions options = new HttpClientOptions()
                .setMaxPoolSize(config.connections())
                .setConnectTimeout(CONNECT_MILLIS)
                .setKeepAlive(true)
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setIdleTimeout(Math.toIntExact(config.silence().toMillis()));
        return new BoundedHttpClient(new VertxHttpClientBuilder()
                .vertx(vertx)
                .httpClientOptions(options)
                .build());
    }
}
