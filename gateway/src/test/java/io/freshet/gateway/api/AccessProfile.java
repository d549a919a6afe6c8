package io.freshet.gateway.api;

import io.quarkus.test.junit.QuarkusTestProfile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** A gateway that wants to know who calls: by keys, one of them in a file, or by tokens; and with a system key. */
public class AccessProfile implements QuarkusTestProfile {
    static final String READER = "key-of-reader-0123456789abcdefghijklmnop";
    static final String CI = "key-of-ci-0123456789abcdefghijklmnopqrstu";
    static final String OTHER = "key-of-other-0123456789abcdefghijklmnopqr";
    static final String BOSS = "key-of-boss-0123456789abcdefghijklmnopqrs";
    static final String SYSTEM = "the system key";
    static final Path FILE = Path.of("target", "keys-of-a-test");

    @Override
    public Map<String, String> getConfigOverrides() {
        write(entry("boss", "admin", BOSS));
        Map<String, String> settings = new HashMap<>(Map.of(
                "AUTH",
                "key, oidc",
                "AUTHKEYS",
                String.join(
                        ",",
                        entry("reader", "read", READER),
                        entry("ci", "submit", CI),
                        entry("other", "submit", OTHER)),
                "AUTHKEYSFILE",
                FILE.toAbsolutePath().toString(),
                "OIDCAUDIENCE",
                Issuer.AUDIENCE,
                "DURABLETASK_KEY",
                SYSTEM,
                "quarkus.http.host",
                "127.0.0.1"));
        settings.put("quarkus.log.file.enabled", "true");
        settings.put("quarkus.log.category.\"io.freshet\".level", "DEBUG");
        return settings;
    }

    static String entry(String name, String rights, String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return name + ":" + rights + ":" + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    static void write(String... entries) {
        try {
            Files.createDirectories(FILE.toAbsolutePath().getParent());
            Files.writeString(FILE, "# keys of a test\n" + String.join("\n", entries) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(
                new TestResourceEntry(io.freshet.testing.AzuriteResource.class),
                new TestResourceEntry(IssuerResource.class));
    }
}
