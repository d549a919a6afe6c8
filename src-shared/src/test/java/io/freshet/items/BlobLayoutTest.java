package io.freshet.items;

import io.freshet.items.BlobLayout.OutputName;
import io.freshet.items.BlobLayout.Result;
import io.freshet.items.ItemLayout.IndexPage;
import io.freshet.run.ItemOutcome;
import io.freshet.run.Items.Source;
import io.freshet.run.Run;
import io.freshet.run.SampleRuns;
import io.freshet.run.SampleSteps;
import io.freshet.run.WorkItem.InputBlob;
import io.freshet.storage.BlobStore;
import io.freshet.storage.BlobStore.Attributes;
import io.freshet.storage.BlobStore.Condition;
import io.freshet.testing.InMemoryBlobStore;
import io.freshet.testing.MemoryOpenBlobs;
import io.freshet.testing.Patience;
import io.smallrye.mutiny.Uni;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class BlobLayoutTest {
    private static final Clock CLOCK = SampleRuns.at(100);

    private final BlobStore runs = new InMemoryBlobStore(CLOCK);
    private final BlobStore inputs = new InMemoryBlobStore(CLOCK);
    private final BlobStore outputs = new InMemoryBlobStore(CLOCK);
    private final MemoryOpenBlobs existing = new MemoryOpenBlobs();
    private final BlobLayout layout = new BlobLayout(runs, inputs, outputs, existing, "output");
    private final Run run = SampleSteps.running(new Source.Generated(12));

    @Test
    void itemsComeInTheirOrderAndByWindows() {
        IndexPage first = now(layout.page(run, 5, null));
        IndexPage second = now(layout.page(run, 5, first.next()));
        IndexPage third = now(layout.page(run, 5, second.next()));

        assertThat(items(first)).containsExactly(0, 1, 2, 3, 4);
        assertThat(items(second)).containsExactly(5, 6, 7, 8, 9);
        assertThat(items(third)).containsExactly(10, 11);
        assertThat(third.next()).isNull();
    }

    @Test
    void linesAreFoundAgainWhereAPageEndedWhateverTheirLength() {
        String longest = "\"" + "ü".repeat(300_000) + "\"";
        List<String> given = List.of("[1]", longest, "{\"a\":2}", longest, "[5]");
        put(runs, "lines", "[1]\r\n" + longest + "\n\n  \n{\"a\":2}\n" + longest + "\n[5]");
        Run stored = SampleSteps.running(new Source.Stored("lines", given.size()));

        for (int window = 1; window <= given.size() + 1; window++) {
            assertThat(data(stored, window)).isEqualTo(given);
        }
    }

    private List<String> data(Run stored, int window) {
        List<String> data = new ArrayList<>();
        String token = null;
        do {
            IndexPage page = now(layout.page(stored, window, token));
            page.items().forEach(index -> data.add(((InputBlob) index.item()).data()));
            token = page.next();
        } while (token != null);
        return data;
    }

    @Test
    void anInputIsWrittenOnceInTheFormOfTheOriginal() {
        ItemIndex index = now(layout.page(run, 12, null)).items().get(11);

        now(layout.prepare(run, index));

        assertThat(text(inputs, "a%20b/11.json"))
                .isEqualTo("{\"input_data\":[1,1],\"input_id\":11,\"instance_id\":\"a b\"}");
        put(inputs, "a%20b/11.json", "{\"input_data\":\"theirs\"}");
        now(layout.prepare(run, index));
        assertThat(now(layout.data(run, withoutData(11)))).isEqualTo("\"theirs\"");
    }

    @Test
    void anInputTellsOfFailuresUntilItIsOpenedAgain() {
        ItemIndex failed = new ItemIndex(withoutData(3), 2, "nö");
        put(inputs, "a%20b/3.json", "{}");
        now(inputs.setMetadata("a%20b/3.json", layout.metadata(failed), null));

        assertThat(now(layout.find(run, 3))).contains(failed);
        assertThat(now(layout.claimable(again(run)).collect().asList())).doesNotContain(failed);
        now(layout.reopen(again(run), failed));
        assertThat(now(layout.find(run, 3))).contains(ItemIndex.open(withoutData(3)));
    }

    /** The run as it is after a rewind. */
    private static Run again(Run run) {
        Run failed = run.apply(
                        IntStream.range(0, 12)
                                .mapToObj(i -> new ItemOutcome.Failed(i, "no"))
                                .toList(),
                        CLOCK)
                .settle(CLOCK)
                .end(CLOCK);
        return failed.rerunFailed(CLOCK).start(CLOCK).dispatched(11, CLOCK);
    }

    @Test
    void aWorkerOfOthersMayWriteItsReasonPlainly() {
        put(inputs, "a%20b/3.json", "{}");

        now(inputs.setMetadata("a%20b/3.json", Map.of("failure", "out of range: 7"), null));

        assertThat(now(layout.find(run, 3)).orElseThrow().failure()).isEqualTo("out of range: 7");
    }

    @Test
    void anItemWithAnOutputIsNotOpenWhoeverComputedIt() {
        put(inputs, "a%20b/0.json", "{}");
        put(inputs, "a%20b/1.json", "{}");
        put(outputs, "a%20b/1.json", "{\"result\":2}");
        put(outputs, "a%20b/2.json", "{\"result\":2}");

        assertThat(now(layout.indexes(run).collect().asList()))
                .extracting(i -> i.item().item())
                .containsExactly(0);
        assertThat(now(layout.find(run, 2))).isEmpty();
        assertThat(now(layout.find(run, 4))).isPresent();
    }

    @Test
    void onlyWhatHasHadAMessageAndIsNotSettledIsClaimable() {
        Run sent = run.dispatched(3, CLOCK).apply(List.of(SampleRuns.done(1)), CLOCK);
        put(inputs, "a%20b/3.json", "{}");
        put(outputs, "a%20b/3.json", "{\"result\":2}");

        assertThat(now(layout.claimable(sent).collect().asList()))
                .extracting(i -> i.item().item())
                .containsExactly(0, 2);
    }

    @Test
    void aShortResultIsToldByAListing() {
        now(outputs.put(
                "a%20b/0.json",
                List.of(StandardCharsets.UTF_8.encode("{\"result\":2}")), layout.attributes("2"), Condition.ALWAYS));
        put(outputs, "a%20b/1.json", "{\"result\":3}");

        assertThat(now(layout.results(run).collect().asList()))
                .containsExactly(new Result(0, "a%20b/0.json", "2"), new Result(1, "a%20b/1.json", null));
        assertThat(layout.attributes("x".repeat(600)).metadata()).isEmpty();
    }

    @Test
    void outputsAreKnownByTheirNames() {
        assertThat(BlobLayout.parseOutput("a%20b/10.json")).contains(new OutputName("a%20b", 10));
        assertThat(List.of("a/01.json", "a/b/1.json", "a/1.txt", "1.json"))
                .extracting(BlobLayout::parseOutput)
                .containsOnly(Optional.empty());
    }

    private static InputBlob withoutData(int item) {
        return new InputBlob(item, SampleSteps.INSTANCE, SampleSteps.FOLDER + "/" + item + ".json", null);
    }

    private static List<Integer> items(IndexPage page) {
        return page.items().stream().map(index -> index.item().item()).collect(Collectors.toList());
    }

    private static void put(BlobStore store, String name, String text) {
        now(store.put(
                name,
                List.of(StandardCharsets.UTF_8.encode(text)),
                Attributes.ofType("application/json"),
                Condition.ALWAYS));
    }

    private static String text(BlobStore store, String name) {
        return new String(now(store.read(name)).orElseThrow().bytes(), StandardCharsets.UTF_8);
    }

    private static <T> T now(Uni<T> call) {
        return call.await().atMost(Patience.LIMIT);
    }
}
