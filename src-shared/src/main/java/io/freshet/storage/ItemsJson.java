package io.freshet.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.run.Items;
import io.freshet.run.Items.RunInput;
import io.freshet.run.Items.Source;

/** JSON form of the items of a run: {@code size} and parts of the {@code spec} in its document. */
final class ItemsJson {
    private ItemsJson() {}

    static void write(ObjectNode run, Items items) {
        ObjectNode size = run.putObject("size").put("items", items.count());
        ObjectNode spec = run.withObject("/spec");
        switch (items) {
            case Items.Parts parts -> {
                size.put("lines", parts.lines()).put("bytes", parts.bytes());
                spec.put("itemsPerPart", parts.linesPerPart());
                writeInput(spec.putObject("input"), parts.input());
            }
            case Items.Blobs blobs -> writeBlobs(spec.putObject("blobs"), blobs);
        }
    }

    static Items read(JsonNode spec, JsonNode size) {
        return spec.has("blobs")
                ? blobs(spec.path("blobs"), size.path("items").asInt())
                : new Items.Parts(
                        input(spec.path("input")),
                        spec.path("itemsPerPart").asInt(),
                        size.path("lines").asLong(),
                        size.path("bytes").asLong());
    }

    private static void writeInput(ObjectNode node, RunInput input) {
        node.put("etag", input.etag());
        if (input instanceof RunInput.Referenced referenced) {
            node.put("url", referenced.url()).put("bySas", referenced.bySas());
        }
    }

    private static RunInput input(JsonNode node) {
        String etag = node.path("etag").asText();
        return node.hasNonNull("url")
                ? new RunInput.Referenced(
                        node.path("url").asText(), node.path("bySas").asBoolean(), etag)
                : new RunInput.Uploaded(etag);
    }

    private static void writeBlobs(ObjectNode node, Items.Blobs blobs) {
        Items.Owner owner = blobs.owner();
        node.put("instance", owner.instance())
                .put("orchestration", owner.orchestration())
                .put("step", owner.step())
                .put("isReduced", owner.isReduced())
                .put("folder", blobs.folder());
        switch (blobs.source()) {
            case Source.Generated s -> {}
            case Source.Stored s -> node.put("lines", s.blob());
            case Source.Existing s -> node.put("container", s.container()).put("lines", s.manifest());
        }
    }

    private static Items.Blobs blobs(JsonNode node, int count) {
        Items.Owner owner = new Items.Owner(
                node.path("instance").asText(),
                node.path("orchestration").asText(),
                node.path("step").asInt(),
                node.path("isReduced").asBoolean());
        return new Items.Blobs(owner, node.path("folder").asText(), source(node, count));
    }

    private static Source source(JsonNode node, int count) {
        String lines = node.path("lines").asText();
        if (node.hasNonNull("container")) {
            return new Source.Existing(node.path("container").asText(), lines, count);
        }
        return lines.isEmpty() ? new Source.Generated(count) : new Source.Stored(lines, count);
    }
}
