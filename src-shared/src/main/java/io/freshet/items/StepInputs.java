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

/** The inputs of steps as blobs. An empty blob only records that its item has failed. */
final class StepInputs {
    private static final Attributes JSON = Attributes.ofType("application/json");

    private final BlobStore inputs;
    private final OpenBlobs existing;

    StepInputs(BlobStore inputs, OpenBlobs existing) {
        this.inputs = inputs;
        this.existing = existing;
    }

    /** The input to compute: JSON text. */
    Uni<String> data(String path, InputBlob blob) {
        String data = blob.data();
        return data == null
                ? inputs.read(path)
                        .map(found -> InputDocument.data(found.map(Content::bytes)
                                .filter(bytes -> bytes.length > 0)
                                .orElseThrow(() -> InputDocument.gone(path))))
                : Uni.createFrom().item(InputDocument.json(data).toString());
    }

    /**
     * The input with its data, wherever they are stored; without data if the blob is gone or no longer open to
     * everybody.
     */
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
     * Writes an input if it does not exist, unless only the blob itself has the data. Returns it without data that are
     * too long for a message, so that a whole window of them need not be held in memory.
     */
    Uni<InputBlob> write(String path, InputBlob blob) {
        return blob.data() == null ? Uni.createFrom().item(blob) : put(path, blob, Condition.IF_ABSENT);
    }

    /**
     * Like {@link #write}, but overwrites. If only the blob itself has the data, just the metadata about its item are
     * cleared.
     */
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
