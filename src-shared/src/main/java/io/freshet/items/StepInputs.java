package io.freshet.items;

import io.freshet.message.WorkMessage;
import io.freshet.run.Items.Source;
import io.freshet.run.WorkItem.InputBlob;
import io.freshet.storage.BlobStore;
import io.freshet.storage.BlobStore.Attributes;
import io.freshet.storage.BlobStore.Condition;
import io.freshet.storage.BlobStore.Content;
import io.freshet.storage.OpenBlobs;
import io.smallrye.mutiny.Uni;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/** The inputs of steps, as blobs. An empty one only says that its item has failed. */
final class StepInputs {
    private static final Attributes JSON = Attributes.ofType("application/json");

    private final BlobStore inputs;
    private final OpenBlobs existing;

    StepInputs(BlobStore inputs, OpenBlobs existing) {
        this.inputs = inputs;
        this.existing = existing;
    }

    /** What is to be computed: JSON text. */
    Uni<String> data(String path, InputBlob blob) {
        String data = blob.data();
        return data == null
                ? inputs.read(path)
                        .map(found -> InputDocument.data(found.map(Content::bytes)
                                .filter(bytes -> bytes.length > 0)
                                .orElseThrow(() -> InputDocument.gone(path))))
                : Uni.createFrom().item(InputDocument.json(data).toString());
    }

    /** The input with its data, wherever they lie: without any if it is a blob that is gone, or open no longer. */
    Uni<InputBlob> resolve(Source source, InputBlob blob) {
        String name = blob.data();
        return name != null && source instanceof Source.Existing s
                ? existing.read(s.container(), InputDocument.json(name).asText())
                        .map(found -> new InputBlob(
                                blob.item(),
                                blob.instance(),
                                blob.path(),
                                found.map(InputDocument::dataOf).orElse(null)))
                : Uni.createFrom().item(blob);
    }

    /**
     * Writes an input if it is not there, and if not only the blob itself has the data. What is too long for a message need
     * not be held for a whole window then: gives the input without it.
     */
    Uni<InputBlob> write(String path, InputBlob blob) {
        return blob.data() == null ? Uni.createFrom().item(blob) : put(path, blob, Condition.IF_ABSENT);
    }

    /** As {@link #write}, whatever is there; of one that only the blob itself has, all but what it says of its item stays. */
    Uni<InputBlob> rewrite(String path, InputBlob blob) {
        return blob.data() == null
                ? inputs.setMetadata(path, Map.of(), null).replaceWith(blob)
                : put(path, blob, Condition.ALWAYS);
    }

    private Uni<InputBlob> put(String path, InputBlob blob, Condition condition) {
        return inputs.put(path, List.of(ByteBuffer.wrap(InputDocument.write(blob))), JSON, condition)
                .replaceWith(() -> light(blob));
    }

    private static InputBlob light(InputBlob blob) {
        return blob.data() == null || blob.data().length() <= WorkMessage.LONGEST_DATA
                ? blob
                : new InputBlob(blob.item(), blob.instance(), blob.path(), null);
    }
}
