package io.freshet.harness.supply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The bills of materials that a build has left. */
public final class Supply {
    public static final List<String> SERVICES = List.of("gateway", "worker", "watcher");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OURS = "io.freshet";
    private static final String HEAD = """
            Freshet
            Copyright Freshet contributors

            Licensed under the Apache License, Version 2.0: see LICENSE.

            The images and executables of gateway, worker and watcher contain the following, each under its own licence. Sources
            of all of it, those under the Eclipse Public License among them, are at https://central.sonatype.com/ under these names;
            versions are in the bill of materials of each service (target/freshet-*.cdx.json).

            """;

    private final Path root;

    /** @param licences by their SPDX names, as far as these are known, in alphabetical order */
    public record Component(String group, String name, String version, List<String> licences) {
        /** Whether its licence fits Apache-2.0; of several, one has to. */
        public boolean fits() {
            return licences.stream().anyMatch(Licences::fit);
        }
    }

    public Supply(Path root) {
        this.root = root;
    }

    /** What is in a service; our own modules are left out. */
    public List<Component> components(String service) {
        Path bill = root.resolve(service).resolve("target").resolve("freshet-" + service + ".cdx.json");
        try {
            return JSON.readTree(bill.toFile())
                    .path("components")
                    .valueStream()
                    .filter(component -> !component.path("group").asText().equals(OURS))
                    .map(Supply::component)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(bill + " cannot be read: the build leaves it", e);
        }
    }

    private static Component component(JsonNode json) {
        List<String> licences = List.copyOf(json.path("licenses")
                .valueStream()
                .flatMap(Supply::names)
                .map(Licences::known)
                .collect(Collectors.toCollection(TreeSet::new)));
        return new Component(
                json.path("group").asText(),
                json.path("name").asText(),
                json.path("version").asText(),
                licences);
    }

    private static Stream<String> names(JsonNode entry) {
        if (entry.hasNonNull("expression")) {
            return Stream.of(
                    entry.path("expression").asText().replaceAll("[()]", "").split(" (?:OR|AND) ", -1));
        }
        JsonNode licence = entry.path("license");
        return Stream.of(licence.path("id").asText(licence.path("name").asText()));
    }

    /** The text of the file NOTICE. */
    public String notice() {
        TreeMap<String, List<String>> parts = new TreeMap<>();
        for (String service : SERVICES) {
            for (Component component : components(service)) {
                // which of these it is depends on the machine that builds
                String name = component.name().replaceFirst("^native-(linux|osx|windows)-\\w+$", "native-*");
                parts.put(component.group() + ":" + name, component.licences());
            }
        }
        return parts.entrySet().stream()
                .map(part -> "  " + part.getKey() + " (" + String.join(" or ", part.getValue()) + ")\n")
                .collect(Collectors.joining("", HEAD, ""));
    }
}
