package io.freshet.gateway.api;

import io.freshet.harness.fault.StorageProxy;
import io.freshet.harness.storage.Azurite;
import io.freshet.testing.AzuriteResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

import java.util.HashMap;
import java.util.Map;

/** Storage as in other tests, but the gateway's way to it can be watched and disturbed; fields get to know the proxy. */
public final class ProxiedStorage implements QuarkusTestResourceLifecycleManager {
    static final String LINK = "gateway-1";

    private final AzuriteResource storage = new AzuriteResource();
    private final StorageProxy proxy = new StorageProxy(Azurite.shared());

    @Override
    public Map<String, String> start() {
        Map<String, String> environment = new HashMap<>(storage.start());
        environment.put("AZURE_STORAGE_CONNECTION_STRING", proxy.link(LINK).connectionString());
        return environment;
    }

    @Override
    public void inject(TestInjector injector) {
        storage.inject(injector);
        injector.injectIntoFields(proxy, new TestInjector.MatchesType(StorageProxy.class));
    }

    @Override
    public void stop() {
        proxy.close();
        storage.stop();
    }
}
