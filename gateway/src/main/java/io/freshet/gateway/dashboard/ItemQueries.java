package io.freshet.gateway.dashboard;

import com.fasterxml.jackson.annotation.JsonInclude;
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
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;

/** What storage knows about a single item: at most two requests, made only when somebody asks. */
@Singleton
final class ItemQueries {
    private static final List<String> STATES =
            List.of("waiting", "in flight", "done", "done with rejected lines", "failed");

    private final RunLookup runs;
    private final Layouts layouts;

    /**
     * An item of a run.
     *
     * @param item counted from 0
     * @param state waiting, in flight, done, done with rejected lines, or failed
     * @param firstLine number of its first line in the input; absent if the item is an input of its own
     * @param attempts failed attempts
     * @param reason why it finally failed
     * @param output container and name of the output, if there is one
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ItemDocument(
            int item,
            String state,
            @Nullable Long firstLine,
            @Nullable Long lines,
            @Nullable Integer attempts,
            @Nullable String reason,
            @Nullable String output,
            @Nullable Long outputBytes,
            @Nullable Long rejectedLines) {}

    ItemQueries(RunLookup runs, Layouts layouts) {
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
