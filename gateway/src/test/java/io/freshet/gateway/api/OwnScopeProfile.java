package io.freshet.gateway.api;

import java.util.HashMap;
import java.util.Map;

/** As {@link AccessProfile}, but nobody sees what others have submitted. */
public final class OwnScopeProfile extends AccessProfile {
    static final String ALICE = "key-of-alice-0123456789abcdefghijklmnopqr";
    static final String BOB = "key-of-bob-0123456789abcdefghijklmnopqrstu";

    @Override
    public Map<String, String> getConfigOverrides() {
        Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
        settings.put("AUTHSCOPE", "own");
        settings.put("AUTHKEYS", entry("alice", "read+submit", ALICE) + "," + entry("bob", "read+submit", BOB));
        return settings;
    }
}
