package io.freshet.e2e.azure;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * An event of storage, and whether a subscription delivers it, by the rules of Event Grid's filters.
 *
 * @param ours whether it has to be delivered
 */
record StorageEvent(String container, String blob, String api, String eventType, boolean ours) {
    private static final String CREATED = "Microsoft.Storage.BlobCreated";
    private static final String RUN = "2026-11/8204359030351842944";

    /** Of these containers, and of others. */
    static List<StorageEvent> of(String runs, String inputs, String outputs) {
        Stream<StorageEvent> told = Stream.of(
                new StorageEvent(runs, RUN + "/output_1.json", "PutBlob", CREATED, true),
                new StorageEvent(runs, RUN + "/output_17.json", "PutBlockList", CREATED, true),
                new StorageEvent(runs, RUN + "/results.json", "PutBlockList", CREATED, true),
                new StorageEvent(runs, RUN + "/results.json", "CopyBlob", CREATED, true),
                new StorageEvent(runs, "steps/" + RUN + "/results.json", "PutBlob", CREATED, true),
                new StorageEvent(outputs, "6ef48940b8ab4dd4a37c4e3d00f20f31/0.json", "PutBlob", CREATED, true));
        Stream<StorageEvent> ofRuns = Stream.of(
                        "run.json",
                        "input.json",
                        "access",
                        "ctrl_input_1_0",
                        "ctrl_merge",
                        "errors_1.json",
                        "merge_1_0")
                .map(name -> new StorageEvent(runs, RUN + "/" + name, "PutBlob", CREATED, false));
        Stream<StorageEvent> marks = Stream.of(
                        "uploading/x", "active/x", "instances/x", "events/x/y/z", "waiting/x", "idempotency/x")
                .map(name -> new StorageEvent(runs, name, "PutBlob", CREATED, false));
        Stream<StorageEvent> others = Stream.of(
                new StorageEvent(inputs, "x/0.json", "PutBlob", CREATED, false),
                new StorageEvent("dead-letters", "x/output_1.json", "PutBlob", CREATED, false),
                new StorageEvent(runs + "-of-others", RUN + "/output_1.json", "PutBlob", CREATED, false),
                new StorageEvent(runs, RUN + "/output_1.json", "AppendBlock", CREATED, false),
                new StorageEvent(runs, RUN + "/output_1.json", "DeleteBlob", "Microsoft.Storage.BlobDeleted", false));
        return Stream.of(told, ofRuns, marks, others).flatMap(all -> all).toList();
    }

    private String subject() {
        return "/blobServices/default/containers/" + container + "/blobs/" + blob;
    }

    boolean isDeliveredBy(JsonNode filter) {
        return filter.path("includedEventTypes")
                        .valueStream()
                        .anyMatch(type -> type.asText().equals(eventType))
                && subject().startsWith(filter.path("subjectBeginsWith").asText(""))
                && subject().endsWith(filter.path("subjectEndsWith").asText(""))
                && filter.path("advancedFilters").valueStream().allMatch(this::passes);
    }

    private boolean passes(JsonNode advanced) {
        String key = advanced.path("key").asText();
        String text = switch (key.toLowerCase(Locale.ROOT)) {
            case "subject" -> subject();
            case "data.api" -> api;
            default -> throw new AssertionError("The test knows no key " + key);
        };
        // Azure compares without regard to case here, whatever the subscription says of subjects
        return advanced.path("values")
                .valueStream()
                .map(value -> value.asText().toLowerCase(Locale.ROOT))
                .anyMatch(value -> holds(advanced.path("operatorType").asText(), text.toLowerCase(Locale.ROOT), value));
    }

    private static boolean holds(String operator, String text, String value) {
        return switch (operator) {
            case "StringBeginsWith" -> text.startsWith(value);
            case "StringContains" -> text.contains(value);
            case "StringEndsWith" -> text.endsWith(value);
            case "StringIn" -> text.equals(value);
            default -> throw new AssertionError("The test knows no filter " + operator);
        };
    }
}
