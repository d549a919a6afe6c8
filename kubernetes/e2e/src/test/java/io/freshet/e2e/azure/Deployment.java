package io.freshet.e2e.azure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.testing.Repository;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a parameters file deploys, as the compiler foresees it. */
record Deployment(JsonNode snapshot, Map<String, String> parameters) {
    static final Path AZURE = Repository.root().resolve("kubernetes/azure");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern PARAMETER = Pattern.compile("(?m)^param (\\w+) = (.*)$");

    /** Names of all parameters files, without their ending. */
    static List<String> variants() {
        try (Stream<Path> files = Files.list(AZURE)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".bicepparam"))
                    .map(name -> name.replaceFirst("\\.bicepparam$", ""))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Deployment of(String variant) {
        Map<String, String> parameters = new HashMap<>();
        Matcher parameter = PARAMETER.matcher(Repository.read(AZURE.resolve(variant + ".bicepparam")));
        while (parameter.find()) {
            parameters.put(parameter.group(1), parameter.group(2).replaceFirst("^'(.*)'$", "$1"));
        }
        try {
            String snapshot = Repository.read(AZURE.resolve(variant + ".snapshot.json"));
            return new Deployment(JSON.readTree(snapshot), parameters);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    ArrayNode resources() {
        return (ArrayNode) snapshot.path("predictedResources");
    }

    List<JsonNode> all(String type) {
        return resources()
                .valueStream()
                .filter(resource -> resource.path("type").asText().equals(type))
                .toList();
    }

    JsonNode one(String type) {
        List<JsonNode> found = all(type);
        if (found.size() != 1) {
            throw new AssertionError("There are " + found.size() + " of " + type);
        }
        return found.getFirst();
    }

    /** As {@link #one}, to make a mistake in it. */
    ObjectNode properties(String type) {
        return (ObjectNode) one(type).path("properties");
    }

    /** Last parts of the names of all resources of a type. */
    List<String> names(String type) {
        return all(type).stream()
                .map(resource -> resource.path("name").asText().replaceFirst(".*/", ""))
                .sorted()
                .toList();
    }

    /** What a parameter says; otherwise what it is if nobody says it. */
    String parameter(String name, String otherwise) {
        return parameters.getOrDefault(name, otherwise);
    }

    /** Whether a parameter is set, and not to nothing. */
    boolean has(String name) {
        String value = parameter(name, "");
        return !value.isEmpty() && !value.equals("false");
    }
}
