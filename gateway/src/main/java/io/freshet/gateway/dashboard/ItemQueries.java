package io.freshet.gateway.dashboard;

import io.freshet.dashboard.ItemStates;
import io.freshet.gateway.problem.ProblemException;
import io.freshet.gateway.problem.ProblemType;
import io.freshet.gateway.problem.Quoted;
import io.freshet.items.ItemIndex;
import io.freshet.items.ItemLayout;
import io.freshet.items.Layouts;
import io.freshet.items.OutputType;
import io.freshet.run.ItemOutcome;
import io.freshet.run.ItemOutcome.Tally;
import io.freshet.run.Items;
import io.freshet.run.Run;
import io.freshet.storage.BlobStore.BlobInfo;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;

/** What storage knows of a single item: two requests at most, when somebody asks. */
@Singleton
final class ItemQueries {
    private static final List<String> STATES =
            List.of("waiting", "in flight", "done", "done with rejected lines", "failed");

    private final RunLooks runs;
    private final Layouts layouts;

    ItemQueries(RunLooks runs, Layouts layouts) {
        this.runs = runs;
        this.layouts = layouts;
    }

    Uni<ItemDocument> item(String id, String item, @Nullable String owner) {
        return runs.run(id, owner).flatMap(run -> item(run, number(run, item)));
    }

    private static int number(Run run, String text) {
        int number = text.matches("\\d{1,9}") ? Integer.parseInt(text) : Integer.MAX_VALUE;
        if (number >= run.itemCount()) {
            throw new ProblemException(
                    ProblemType.NOT_FOUND,
                    "There is no item " + Quoted.of(text) + ": this run has " + run.itemCount() + ", counted from 0");
        }
        return number;
    }

    private Uni<ItemDocument> item(Run run, int item) {
        ItemLayout layout = layouts.of(run);
        byte state = ItemStates.of(run).state(item);
        boolean done = state == ItemStates.DONE || state == ItemStates.REJECTED;
        return done
                ? layout.outputs().describe(layout.output(run, item)).map(found -> done(run, item, found))
                : layout.find(run, item).map(found -> open(run, item, found));
    }

    private ItemDocument done(Run run, int item, Optional<BlobInfo> output) {
        ItemLayout layout = layouts.of(run);
        Long rejected = output.flatMap(blob -> OutputType.read(blob.contentType()))
                .map(Tally::rejectedLines)
                .orElse(null);
        return new ItemDocument(
                item,
                state(run, item),
                firstLine(run, item),
                lines(run, item),
                null,
                null,
                output.map(blob -> layout.container() + "/" + blob.name()).orElse(null),
                output.map(BlobInfo::length).orElse(null),
                rejected);
    }

    private static ItemDocument open(Run run, int item, Optional<ItemIndex> index) {
        String reason = index.map(ItemIndex::failure)
                .orElseGet(() -> run.progress().failures().stream()
                        .filter(failure -> failure.item() == item)
                        .map(ItemOutcome.Failed::reason)
                        .findFirst()
                        .orElse(null));
        return new ItemDocument(
                item,
                state(run, item),
                firstLine(run, item),
                lines(run, item),
                index.map(ItemIndex::attempts).orElse(null),
                reason,
                null,
                null,
                null);
    }

    private static String state(Run run, int item) {
        return STATES.get(ItemStates.of(run).state(item));
    }

    private static @Nullable Long firstLine(Run run, int item) {
        return run.spec().items() instanceof Items.Parts parts ? (long) item * parts.linesPerPart() + 1 : null;
    }

    private static @Nullable Long lines(Run run, int item) {
        return run.spec().items() instanceof Items.Parts parts
                ? Math.min(parts.linesPerPart(), parts.lines() - (long) item * parts.linesPerPart())
                : null;
    }
}
