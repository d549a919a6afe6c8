package io.freshet.watcher.instances;

import com.fasterxml.jackson.databind.node.TextNode;
import io.freshet.failure.FailureCode;
import io.freshet.failure.FreshetException;
import io.freshet.instance.Inputs;
import io.freshet.run.Items.Source;
import io.freshet.run.RunId;
import io.freshet.storage.BlobStore;
import io.freshet.storage.BlobStore.Attributes;
import io.freshet.storage.BlobStore.BlobInfo;
import io.freshet.storage.BlobStore.Condition;
import io.freshet.storage.BlobStore.Page;
import io.freshet.storage.OpenBlobs;
import io.freshet.storage.RunFiles;
import io.freshet.watcher.instances.StepSpecs.Refused;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Records once which blobs are the inputs of a step, in listing order, page by page: a later listing might number them
 * differently.
 */
@Singleton
final class Manifests {
    private static final String COUNT = "count";

    private final BlobStore blobs;
    private final OpenBlobs existing;

    Manifests(BlobStore blobs, OpenBlobs existing) {
        this.blobs = blobs;
        this.existing = existing;
    }

    /** Fails with {@link Refused} if the blobs may not be inputs. */
    Uni<Source> of(RunId run, Inputs.Existing inputs) {
        Wanted wanted = new Wanted(RunFiles.inputs(run), inputs.container(), inputs.names());
        if (!existing.mayList(wanted.container(), wanted.prefix())) {
            return Uni.createFrom()
                    .failure(new Refused("Blobs with the prefix " + inputs.prefix()
                            + " may not be used as inputs: INPUTCONTAINERS names the containers that may"));
        }
        return written(wanted)
                .flatMap(there -> there.isPresent()
                        ? Uni.createFrom().item(there.get())
                        : list(wanted).flatMap(all -> commit(wanted, all)));
    }

    private record Wanted(String manifest, String container, String prefix) {}

    /** The listing so far. */
    private static final class Listed {
        /** Blocks of two concurrent watchers must not mix. */
        private final UUID writer = UUID.randomUUID();

        private final List<String> blocks = new ArrayList<>();
        private @Nullable String token;
        private int count;

        void saw(Page<BlobInfo> page) {
            token = page.next();
        }

        String next(int more) {
            count = Math.addExact(count, more);
            String block = String.format(Locale.ROOT, "%s-%08d", writer, blocks.size());
            blocks.add(block);
            return block;
        }
    }

    /** Written by an earlier attempt; a watcher that died while listing has left nothing that counts. */
    private Uni<Optional<Source>> written(Wanted wanted) {
        return blobs.describe(wanted.manifest()).map(found -> found.map(blob -> source(wanted, count(blob))));
    }

    private static int count(BlobInfo manifest) {
        return Integer.parseInt(manifest.metadata().getOrDefault(COUNT, "0"));
    }

    private static Source source(Wanted wanted, int count) {
        return new Source.Existing(wanted.container(), wanted.manifest(), count);
    }

    private Uni<Listed> list(Wanted wanted) {
        Listed listed = new Listed();
        return Multi.createBy()
                .repeating()
                .uni(() -> existing.list(wanted.container(), wanted.prefix(), listed.token)
                        .invoke(listed::saw))
                .whilst(page -> page.next() != null)
                .onItem()
                .transformToUniAndConcatenate(page -> stage(wanted, listed, page))
                .collect()
                .last()
                .replaceWith(listed)
                .onFailure(t -> FreshetException.is(t, FailureCode.NOT_FOUND))
                .transform(t -> new Refused("There is no container '" + wanted.container() + "'"));
    }

    private Uni<Void> stage(Wanted wanted, Listed listed, Page<BlobInfo> page) {
        if (page.entries().isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        String names = page.entries().stream().map(Manifests::line).collect(Collectors.joining());
        return blobs.stageBlock(
                wanted.manifest(), listed.next(page.entries().size()), List.of(StandardCharsets.UTF_8.encode(names)));
    }

    private static String line(BlobInfo blob) {
        if (blob.length() > OpenBlobs.LONGEST_INPUT) {
            throw new Refused("The blob " + blob.name() + " has " + blob.length()
                    + " bytes: an input that is named by a prefix has at most " + OpenBlobs.LONGEST_INPUT);
        }
        return TextNode.valueOf(blob.name()) + "\n";
    }

    private Uni<Source> commit(Wanted wanted, Listed listed) {
        Attributes attributes = new Attributes("application/x-ndjson", Map.of(COUNT, Integer.toString(listed.count)));
        return blobs.commitBlocks(wanted.manifest(), listed.blocks, attributes, Condition.IF_ABSENT)
                .flatMap(written -> written.conflict()
                        ? written(wanted).map(Optional::orElseThrow)
                        : Uni.createFrom().item(source(wanted, listed.count)));
    }
}
