package io.freshet.watcher.instances;

import io.freshet.instance.Inputs;
import io.freshet.instance.Instance;
import io.freshet.instance.Position.InStep;
import io.freshet.orchestration.Orchestrations;
import io.freshet.run.Items;
import io.freshet.run.Items.Source;
import io.freshet.run.RunSpec;
import io.freshet.storage.BlobStore;
import io.freshet.storage.BlobStore.Attributes;
import io.freshet.storage.BlobStore.Condition;
import io.freshet.storage.RunFiles;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Creates the spec for the run of a step. */
@Singleton
final class StepSpecs {
    /** Concurrent items: all available workers may work on one step. */
    private static final int PARALLELISM = 1_000;

    private static final Attributes LINES = Attributes.ofType("application/x-ndjson");

    private final BlobStore blobs;
    private final Orchestrations orchestrations;
    private final Manifests manifests;

    StepSpecs(BlobStore blobs, Orchestrations orchestrations, Manifests manifests) {
        this.manifests = manifests;
        this.blobs = blobs;
        this.orchestrations = orchestrations;
    }

    /** The inputs cannot be computed. */
    static final class Refused extends RuntimeException {
        Refused(String reason) {
            super(reason);
        }
    }

    Uni<RunSpec> of(Instance instance, InStep step) {
        return source(step)
                .map(source -> new RunSpec(
                        step.step().function(),
                        new Items.Blobs(owner(instance, step), folder(instance, step), source),
                        instance.request().name(),
                        new RunSpec.Placement(PARALLELISM, RunSpec.Burst.NEVER, null, 0),
                        null,
                        instance.request().owner()));
    }

    private Items.Owner owner(Instance instance, InStep step) {
        String orchestration = instance.request().name();
        boolean isReduced = orchestrations
                .find(orchestration)
                .flatMap(o -> o.reducer(step.number()))
                .isPresent();
        return new Items.Owner(instance.id().text(), orchestration, step.number(), isReduced);
    }

    /**
     * In a folder named after the id, a foreign worker might still write outputs of an earlier instance with that id.
     */
    private static String folder(Instance instance, InStep step) {
        return instance.isFirstOfItsId() && step.number() == 1
                ? instance.id().encoded()
                : step.run().toString();
    }

    private Uni<Source> source(InStep step) {
        return switch (step.step().inputs()) {
            case Inputs.Generated inputs -> Uni.createFrom().item(new Source.Generated(inputs.count()));
            case Inputs.Stored inputs -> Uni.createFrom().item(new Source.Stored(inputs.blob(), inputs.count()));
            case Inputs.Given inputs -> stored(step, inputs);
            case Inputs.Existing inputs -> manifests.of(step.run(), inputs);
        };
    }

    private Uni<Source> stored(InStep step, Inputs.Given inputs) {
        String blob = RunFiles.inputs(step.run());
        String lines = String.join("\n", inputs.values());
        return blobs.put(blob, List.of(StandardCharsets.UTF_8.encode(lines)), LINES, Condition.ALWAYS)
                .replaceWith(new Source.Stored(blob, inputs.values().size()));
    }
}
