package io.freshet.gateway.dashboard;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.dashboard.DashboardBlob;
import io.freshet.gateway.dashboard.View.Event;
import io.freshet.storage.BlobStore.Attributes;
import io.freshet.storage.BlobStore.Condition;
import io.freshet.testing.InMemoryBlobStore;
import io.freshet.testing.Patience;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class OverviewViewTest {
    private static final long FROM = 1_800_000_000;

    private final InMemoryBlobStore blobs = new InMemoryBlobStore(Clock.systemUTC());
    private final OverviewView view = new OverviewView(blobs, null);

    @Test
    void withoutAWatcherThereIsNothingAndThatIsSaid() {
        changes();

        assertThat(texts(view.whole()))
                .containsExactly(
                        "runs {\"whole\":true,\"rows\":[],\"gone\":[]}",
                        "cluster {\"cluster\":null}",
                        "watcher {\"at\":0.0}");
    }

    @Test
    void onlyWhatHasChangedOfARowIsTold() {
        write(state(3, row("a", 1), row("b", 1)));
        changes();

        write(state(3, row("a", 2).put("ended", 9), row("c", 1)));

        assertThat(changes())
                .contains("runs {\"whole\":false,\"rows\":[{\"id\":\"a\",\"done\":2,\"ended\":9},"
                        + "{\"id\":\"c\",\"done\":1}],\"gone\":[\"b\"]}");

        write(state(3, row("a", 2), row("c", 1)));
        assertThat(changes()).contains("runs {\"whole\":false,\"rows\":[{\"id\":\"a\",\"ended\":null}],\"gone\":[]}");
    }

    @Test
    void whoSeesTheirOwnRunsAloneSeesNothingThatCountsOthers() {
        ObjectNode all = state(2, row("a", 1).put("owner", "alice"), row("b", 1).put("owner", "bob"));
        all.putObject("cluster");
        write(all);
        OverviewView own = new OverviewView(blobs, "alice");
        own.changes(own.read().await().indefinitely());

        assertThat(texts(own.whole()))
                .first()
                .asString()
                .startsWith("runs")
                .contains("\"a\"")
                .doesNotContain("\"b\"");
        assertThat(texts(own.whole())).contains("cluster {\"cluster\":null}");
    }

    @Test
    void newPointsAndTheLastThatHasChangedAreTold() {
        write(state(2));
        changes();

        ObjectNode next = state(3);
        ((ArrayNode) next.path("series").path("waiting")).set(1, 99);
        write(next);

        assertThat(changes())
                .filteredOn(text -> text.startsWith("point"))
                .containsExactly(
                        "point {\"at\":" + (FROM + 5) + ",\"values\":[99,0,null,null,null]}",
                        "point {\"at\":" + (FROM + 10) + ",\"values\":[2,0,null,null,null]}");
    }

    @Test
    void afterAGapTheWholeSeriesIsTold() {
        write(state(2));
        changes();

        write(state(200));

        assertThat(changes()).anyMatch(text -> text.startsWith("series"));
    }

    @Test
    void whatHasNotChangedIsNotReadAgain() {
        write(state(2));
        changes();

        assertThat(changes()).isEmpty();
    }

    private List<String> changes() {
        return texts(view.changes(view.read().await().atMost(Patience.LIMIT)));
    }

    private static List<String> texts(List<Event> told) {
        return told.stream().map(one -> one.type() + " " + one.data()).toList();
    }

    private void write(ObjectNode state) {
        blobs.put(
                        DashboardBlob.NAME,
                        List.of(ByteBuffer.wrap(DashboardBlob.write(state))),
                        Attributes.ofType("application/gzip"),
                        Condition.ALWAYS)
                .await()
                .atMost(Patience.LIMIT);
    }

    private static ObjectNode row(String id, int done) {
        return DashboardBlob.empty().objectNode().put("id", id).put("done", done);
    }

    private static ObjectNode state(int points, ObjectNode... rows) {
        ObjectNode state = DashboardBlob.empty().put("at", 1.5);
        ObjectNode series = state.putObject("series").put("step", 5).put("from", FROM);
        for (int at = 0; at < points; at++) {
            series.withArray("waiting").add(at);
            series.withArray("inFlight").add(0);
            series.withArray("workers").addNull();
            series.withArray("pods").addNull();
            series.withArray("nodes").addNull();
        }
        state.putArray("rows").addAll(List.of(rows));
        return state;
    }
}
