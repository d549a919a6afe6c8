package io.freshet.items;

import io.freshet.run.ItemOutcome;
import io.freshet.run.ItemOutcome.Tally;
import io.freshet.run.Items;
import io.freshet.run.Run;
import io.freshet.run.RunId;
import jakarta.inject.Singleton;

import java.util.Optional;

/** The layout for each kind of run. */
@Singleton
public final class Layouts {
    private final PartLayout parts;
    private final BlobLayout blobs;

    public Layouts(PartLayout parts, BlobLayout blobs) {
        this.parts = parts;
        this.blobs = blobs;
    }

    public ItemLayout of(Run run) {
        return switch (run.spec().items()) {
            case Items.Parts p -> parts;
            case Items.Blobs b -> blobs;
        };
    }

    /** The outcome that the creation of a blob reports. */
    public record Told(RunId run, ItemOutcome.Done outcome) {}

    /** Empty if the blob is not the output of a job's part. */
    public static Optional<Told> outcome(String blob, String contentType) {
        return PartLayout.parseOutput(blob)
                .map(name -> new Told(
                        name.run(),
                        new ItemOutcome.Done(
                                name.item(), OutputType.read(contentType).orElse(Tally.NONE))));
    }
}
