package io.freshet.gateway.api;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

import java.util.Map;

/** Gives a gateway an issuer of tokens; fields of type {@link Issuer} get to know it. */
public class IssuerResource implements QuarkusTestResourceLifecycleManager {
    private Issuer issuer;

    @Override
    public Map<String, String> start() {
        issuer = new Issuer();
        return Map.of("OIDCISSUER", issuer.address(), "OIDCJWKS", issuer.address() + "/keys");
    }

    Issuer issuer() {
        return issuer;
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(issuer, new TestInjector.MatchesType(Issuer.class));
    }

    @Override
    public void stop() {
        if (issuer != null) {
            issuer.close();
        }
    }
}
