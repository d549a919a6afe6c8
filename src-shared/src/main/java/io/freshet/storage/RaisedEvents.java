package io.freshet.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;
import io.freshet.instance.Instance;
import io.freshet.instance.InstanceId;
import io.freshet.instance.RaisedEvent;
import io.freshet.storage.BlobStore.Attributes;
import io.freshet.storage.BlobStore.BlobInfo;
import io.freshet.storage.BlobStore.Condition;
import io.freshet.storage.BlobStore.Listing.Detail;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Events raised by clients: one blob each, kept until an instance waits for it, and consumed by deletion. Events for
 * another instance with the same id are ignored.
 */
@Singleton
public final class RaisedEvents {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String EXECUTION = "execution";
    private static final int AT_ONCE = 16;

    private final BlobStore blobs;

    public RaisedEvents(BlobStore blobs) {
        this.blobs = blobs;
    }

    /** @param payload JSON text */
    public Uni<Void> raise(Instance instance, String name, String payload, Instant at) {
        byte[] content = JSON.createObjectNode()
                .put("name", name)
                .put("at", at.toString())
                .put("payload", payload)
                .toString()
                .getBytes(StandardCharsets.UTF_8);
        String blob = InstanceFiles.events(instance.id(), name) + InstanceFiles.time(at) + "-" + UUID.randomUUID();
        return blobs.put(
                        blob,
                        List.of(ByteBuffer.wrap(content)),
                        new Attributes(
                                "application/json",
                                Map.of(EXECUTION, instance.execution().token())),
                        Condition.ALWAYS)
                .replaceWithVoid();
    }

    /** The earliest unconsumed event of this name (case-insensitive); empty if there is none. */
    public Uni<Optional<RaisedEvent>> first(Instance instance, String name) {
        return Listings.blobs(blobs, InstanceFiles.events(instance.id(), name), Detail.WITH_METADATA)
                .filter(blob -> isFor(instance, blob))
                .onItem()
                .transformToUniAndConcatenate(this::read)
                .filter(Optional::isPresent)
                .toUni()
                .map(found -> found == null ? Optional.empty() : found);
    }

    /** Unconsumed events by name and time, up to the limit. */
    public Uni<List<RaisedEvent>> untaken(Instance instance, int limit) {
        return Listings.blobs(blobs, InstanceFiles.events(instance.id()), Detail.WITH_METADATA)
                .filter(blob -> isFor(instance, blob))
                .select()
                .first(limit)
                .onItem()
                .transformToUni(this::read)
                .withRequests(AT_ONCE)
                .concatenate()
                .onItem()
                .transformToIterable(found -> found.stream().toList())
                .collect()
                .asList();
    }

    /** Removes an event once the instance's document contains it. */
    public Uni<Void> consume(RaisedEvent event) {
        return blobs.delete(event.blob(), null).replaceWithVoid();
    }

    /** Removes the events of an instance that has ended. */
    public Uni<Void> removeAll(Instance instance) {
        return removeAll(instance.id(), instance.execution().token());
    }

    /** Removes the events of the execution with this token. */
    public Uni<Void> removeAll(InstanceId id, String execution) {
        return Listings.blobs(blobs, InstanceFiles.events(id), Detail.WITH_METADATA)
                .filter(blob -> execution.equals(blob.metadata().get(EXECUTION)))
                .onItem()
                .transformToUni(blob -> blobs.delete(blob.name(), null))
                .merge(AT_ONCE)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private static boolean isFor(Instance instance, BlobInfo blob) {
        return instance.execution().token().equals(blob.metadata().get(EXECUTION))
                && !blob.name().equals(instance.values().received());
    }

    private Uni<Optional<RaisedEvent>> read(BlobInfo blob) {
        return blobs.read(blob.name()).map(found -> found.map(content -> parse(blob.name(), content.bytes())));
    }

    private static RaisedEvent parse(String blob, byte[] content) {
        try {
            JsonNode node = JSON.readTree(content);
            return new RaisedEvent(
                    blob,
                    node.path("name").asText(),
                    node.path("payload").asText(),
                    Instant.parse(node.path("at").asText()));
        } catch (IOException | RuntimeException e) {
            throw new Permanent(FailureCode.MALFORMED, "Unreadable event " + blob + ": " + e.getMessage(), e);
        }
    }
}
