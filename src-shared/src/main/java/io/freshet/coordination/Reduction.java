package io.freshet.coordination;

import com.fasterxml.jackson.databind.JsonNode;
import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;
import io.freshet.items.BlobLayout;
import io.freshet.items.BlobLayout.Result;
import io.freshet.items.InputDocument;
import io.freshet.orchestration.Orchestrations;
import io.freshet.orchestration.Reducer;
import io.freshet.run.Items;
import io.freshet.run.Run;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * Reduces the results of a step to one value with its orchestration's reducer. Short results are taken from a listing.
 */
@Singleton
public final class Reduction {
    private static final int READS_AT_ONCE = 32;

    private final BlobLayout layout;
    private final Orchestrations orchestrations;

    public Reduction(BlobLayout layout, Orchestrations orchestrations) {
        this.layout = layout;
        this.orchestrations = orchestrations;
    }

    /** The value of a step all of whose items are done. Fails as permanent if it cannot be computed. */
    public Uni<JsonNode> value(Run run, Items.Blobs items) {
        return results(run).map(results -> reduced(items, results));
    }

    /** In the order of the items. */
    private Uni<@Nullable String[]> results(Run run) {
        @Nullable String[] byItem = new @Nullable String[run.itemCount()];
        return layout.results(run)
                .filter(result -> run.progress().done().contains(result.item()))
                .onItem()
                .transformToUni(result -> text(result).invoke(text -> byItem[result.item()] = text))
                .merge(READS_AT_ONCE)
                .collect()
                .last()
                .map(last -> byItem);
    }

    private Uni<String> text(Result result) {
        String json = result.json();
        return json == null
                ? layout.outputs()
                        .read(result.output())
                        .map(found -> InputDocument.result(found.orElseThrow(() -> missing(result.output()))
                                        .bytes())
                                .toString())
                : Uni.createFrom().item(json);
    }

    private JsonNode reduced(Items.Blobs items, @Nullable String[] results) {
        Items.Owner owner = items.owner();
        Reducer reducer = orchestrations
                .find(owner.orchestration())
                .flatMap(o -> o.reducer(owner.step()))
                .orElseThrow(() -> new Permanent(
                        FailureCode.COMPUTATION_FAILED,
                        "This service has no reducer for '" + owner.orchestration() + "', step " + owner.step()
                                + ": load the same orchestrations everywhere"));
        for (int item = 0; item < results.length; item++) {
            String result = results[item];
            if (result == null) {
                throw missing("of input " + item);
            }
            reducer.add(item, InputDocument.json(result));
        }
        return reducer.value();
    }

    private static Permanent missing(String output) {
        return new Permanent(FailureCode.NOT_FOUND, "The output " + output + " is no longer in storage");
    }
}
