package io.freshet.azure.identity;

import com.azure.core.http.HttpClient;
import io.freshet.azure.AzureCallConfig;
import io.vertx.core.Vertx;

/** The HTTP client that the services have, for tests without them. */
public final class ProductHttp {

    private ProductHttp() {}

    public static HttpClient client(Vertx vertx, AzureCallConfig config) {
        return new AzureHttp().client(vertx, config);
    }
}
