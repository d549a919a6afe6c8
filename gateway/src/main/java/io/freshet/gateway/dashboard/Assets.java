package io.freshet.gateway.dashboard;

import jakarta.inject.Singleton;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The files of the page, as the build has made and listed them. */
@Singleton
final class Assets {
    static final String PAGE = "index.html";
    private static final String FOLDER = "/dashboard/";
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml");

    private final Map<String, Asset> assets;

    Assets() {
        List<String> names =
                new String(read("assets.txt"), StandardCharsets.UTF_8).lines().toList();
        this.assets = names.stream().collect(Collectors.toUnmodifiableMap(Function.identity(), Assets::asset));
    }

    /** @param packed the same, by gzip */
    record Asset(String type, byte[] bytes, byte[] packed) {}

    Optional<Asset> find(String name) {
        return Optional.ofNullable(assets.get(name));
    }

    private static Asset asset(String name) {
        String ending = name.substring(name.lastIndexOf('.') + 1);
        return new Asset(Objects.requireNonNull(TYPES.get(ending), name), read(name), read(name + ".gz"));
    }

    private static byte[] read(String name) {
        try (InputStream in = Assets.class.getResourceAsStream(FOLDER + name)) {
            return Objects.requireNonNull(in, "The build has left out " + name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("The build's " + name + " cannot be read", e);
        }
    }
}
