package io.freshet.gateway.access;

import io.freshet.settings.WrongSettings;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The known keys: those in the settings, and those in a file, which may change. */
@Singleton
final class Keys {
    private static final Logger LOG = Logger.getLogger(Keys.class);
    private static final int AFTER_THE_SETTINGS = 3;
    private static final long PACE_MILLIS = 1_000;

    private final List<String> configured;
    private final Optional<Path> file;
    private List<KeyEntry> ofSettings = List.of();
    private volatile List<KeyEntry> ofFile = List.of();
    private String last = "";
    private boolean isTroubled;

    Keys(AccessConfig config) {
        this.configured = config.keys().orElse(List.of());
        this.file = config.keysFile().map(Path::of);
    }

    void onStart(@Observes @Priority(AFTER_THE_SETTINGS) StartupEvent event, Vertx vertx) {
        load();
        if (file.isPresent()) {
            vertx.setPeriodic(PACE_MILLIS, timer -> vertx.executeBlocking(this::reload));
        }
    }

    /** The keys at the start have to be valid. */
    void load() {
        ofSettings = entries("AUTHKEYS", configured);
        if (file.isPresent()) {
            try {
                read(file.get());
            } catch (IOException e) {
                throw new WrongSettings(
                        "AUTHKEYSFILE is '" + file.get() + "', which cannot be read: name a file that is there");
            }
        }
    }

    /** A file that becomes invalid changes nothing, so that nobody is locked out by half a file. */
    @Nullable
    Void reload() {
        try {
            read(file.orElseThrow());
            isTroubled = false;
        } catch (IOException | WrongSettings e) {
            if (!isTroubled) {
                isTroubled = true;
                LOG.errorf("The keys stay as they were: %s", e.getMessage());
            }
        }
        return null;
    }

    private synchronized void read(Path from) throws IOException {
        String text = Files.readString(from);
        if (!text.equals(last)) {
            List<String> lines = text.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
            ofFile = entries("AUTHKEYSFILE", lines);
            last = text;
        }
    }

    private static List<KeyEntry> entries(String origin, List<String> texts) {
        List<KeyEntry> entries = new ArrayList<>();
        for (String text : texts) {
            try {
                entries.add(KeyEntry.parse(text));
            } catch (IllegalArgumentException e) {
                throw new WrongSettings("Entry " + (entries.size() + 1) + " of " + origin + " " + e.getMessage());
            }
        }
        return List.copyOf(entries);
    }

    /** Whether this key is still known, with these rights. */
    boolean has(KeyEntry wanted) {
        return Stream.concat(ofSettings.stream(), ofFile.stream())
                .anyMatch(entry -> entry.isOf(wanted.sha256())
                        && entry.name().equals(wanted.name())
                        && entry.roles().equals(wanted.roles()));
    }

    /** Compares all of them, even after one is found. */
    Optional<KeyEntry> find(String key) {
        byte[] hash = KeyEntry.hash(key);
        KeyEntry found = null;
        for (List<KeyEntry> entries : List.of(ofSettings, ofFile)) {
            for (KeyEntry entry : entries) {
                if (entry.isOf(hash)) {
                    found = entry;
                }
            }
        }
        return Optional.ofNullable(found);
    }
}
