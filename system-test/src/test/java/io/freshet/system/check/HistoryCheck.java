package io.freshet.system.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.freshet.harness.api.Gateway;
import io.freshet.harness.api.Job;
import io.freshet.harness.fault.History;
import io.freshet.items.PartLayout;
import io.freshet.message.MessageCodec;
import io.freshet.message.WorkMessage;
import io.freshet.run.WorkItem.Part;
import io.freshet.storage.RunFiles;
import io.freshet.system.cluster.Storage;
import io.freshet.system.cluster.TestedFreshet;
import io.freshet.system.cluster.Topic;
import io.freshet.testing.Patience;
import org.awaitility.Awaitility;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** What has to be true of every request that was made, and of every event that was published. */
final class HistoryCheck {
    private static final Duration BELIEVED = Duration.ofMillis(1_500);
    private static final Set<String> WRITES =
            Set.of("PutBlob", "PutBlock", "PutBlockList", "PutBlockFromURL", "CopyBlob", "SetBlobMetadata");
    /** The backlog is swept once a second, which is as often as runs are looked at here, and by the same listing. */
    private static final int LISTINGS_OF_A_PASS = 2;

    /** Of a part's index: it is done, or marked for a failure. */
    private static final Set<String> SETTLEMENTS = Set.of("DeleteBlob", "SetBlobMetadata");

    private final TestedFreshet freshet;
    private final int maxPasses;
    private final Topic topic;
    private final History history;
    private final long begun;
    private final Map<Job, End> ends = new HashMap<>();
    private volatile long disturbed;

    /** The write that ended a job. */
    private record End(History.Entry write, boolean canceled) {
        /** A worker believes for a second what it read of a run; what it began in it, it may finish. */
        boolean allows(History.Entry entry) {
            return entry == write
                    || entry.ended().compareTo(write.ended()) <= 0
                    || canceled
                            && TestedFreshet.moduleOf(entry.request().service()).equals("worker")
                            && entry.arrived().compareTo(write.ended().plus(BELIEVED)) < 0;
        }
    }

    /** @param maxPasses of the watcher, until a run has to end whose services all work again */
    HistoryCheck(TestedFreshet freshet, Topic topic, int maxPasses) {
        this.freshet = freshet;
        this.maxPasses = maxPasses;
        this.topic = topic;
        this.history = freshet.proxy().history();
        this.begun = history.mark();
        this.disturbed = begun;
        topic.onEvent(body -> body.valueStream().allMatch(event -> hasEnded(freshet.storage(), event)));
    }

    void repaired() {
        disturbed = history.mark();
    }

    /** Its end is published, came soon, and nothing has changed since. */
    void ended(Job job, Outcome outcome) {
        checkEvents(job, outcome.status());
        ends.put(job, new End(lastWrite(job), outcome.status().equals("Canceled")));
        checkPasses(job);
        checkUntouched(job);
    }

    /**
     * Checks of a job that nobody commands that no message was deleted while its part was open: not done, not marked
     * for a failure, and claimed by nobody else.
     */
    void acknowledged(Job job) {
        assertThat(history.since(begun).stream()
                        .filter(entry -> entry.changed()
                                && Storage.WORK.stream()
                                        .anyMatch(entry.request().target()::endsWith))
                        .filter(entry -> entry.deletedMessage().stream()
                                .flatMap(text -> work(job, text).stream())
                                .anyMatch(work -> isOpen(work, entry))))
                .as("messages of job %s that were deleted while their parts were open", job)
                .isEmpty();
    }

    /** A user has the job run again: it may change. */
    void reopened(Job job) {
        checkUntouched(job);
        ends.remove(job);
        disturbed = history.mark();
    }

    void gone(Job job) {
        ends.remove(job);
    }

    /** What has ended was left alone since. */
    void atRest() {
        ends.keySet().forEach(this::checkUntouched);
        assertThat(freshet.storage().leased()).as("leases that are still held").isEmpty();
    }

    /** Every request since the beginning. */
    String text() {
        return history.text(begun);
    }

    private void checkEvents(Job job, String status) {
        Awaitility.await("the end of " + job + " is published")
                .atMost(Patience.LIMIT)
                .until(() -> eventsOf(job).stream()
                        .anyMatch(event ->
                                status.equals(event.job().path("status").asText())));
        assertThat(eventsOf(job))
                .as("events of %s that came while its results could not be read", job)
                .allMatch(Told::whenReadable);
    }

    /** What an event said of a job, and whether that was so when it came. */
    private record Told(JsonNode job, boolean whenReadable) {}

    /** A request may bring events of several jobs. */
    private List<Told> eventsOf(Job job) {
        return topic.requests().stream()
                .flatMap(request ->
                        request.body().valueStream().map(event -> new Told(event.path("data"), request.observed())))
                .filter(event -> job.toString().equals(event.job().path("id").asText()))
                .toList();
    }

    /** Looks into storage when an event says that a run has ended; it may have been run again since. */
    private static boolean hasEnded(Storage storage, JsonNode event) {
        String folder = event.path("data").path("storageBlobPrefix").asText() + "/";
        if (!storage.exists(folder + "run.json")) {
            return false;
        }
        JsonNode run = Gateway.parse(Gateway.text(storage.read(folder + "run.json")));
        String id = event.path("id").asText();
        int generation = Integer.parseInt(id.substring(id.lastIndexOf('/') + 1));
        if (run.at("/dispatch/generation").asInt() > generation) {
            return true;
        }
        String state = run.at("/state/is").asText();
        boolean merged = state.startsWith("Completed");
        return merged && storage.exists(folder + "results.json") || state.equals("Failed") || state.equals("Canceled");
    }

    private History.Entry lastWrite(Job job) {
        String document = target(RunFiles.document(Storage.run(job)));
        return history.since(begun).stream()
                .filter(entry -> entry.request().target().equals(document))
                .filter(entry -> entry.changed() || isPerhapsDone(entry))
                .reduce((first, second) -> second)
                .orElseThrow(() -> new AssertionError("Nobody wrote " + document));
    }

    /** Storage was ended while it had the request: nobody has seen an answer. */
    private static boolean isPerhapsDone(History.Entry entry) {
        return WRITES.contains(entry.request().operation()) && entry.result().contains("Connection was closed");
    }

    private String target(String blob) {
        return freshet.storage().containerName() + "/" + blob;
    }

    private void checkUntouched(Job job) {
        End end = ends.get(job);
        if (end == null) {
            return;
        }
        String folder = target(freshet.storage().folder(job));
        assertThat(history.since(begun).stream()
                        .filter(entry ->
                                entry.changed() && entry.request().target().startsWith(folder))
                        .filter(entry -> !end.allows(entry))
                        .filter(HistoryCheck::matters))
                .as("changes after job %s had ended by %s", job, end.write())
                .isEmpty();
    }

    /**
     * Index blobs go, and leases on them are broken, when a run has ended. A watcher whose request for the merge comes
     * late takes it back; {@link RestCheck#atRest} sees that it did. A block of the results that is staged late
     * changes nothing.
     */
    private static boolean matters(History.Entry entry) {
        String operation = entry.request().operation();
        String target = entry.request().target();
        boolean takenBack = operation.equals("PutBlob") && target.endsWith("/ctrl_merge");
        boolean headStart = operation.equals("PutBlockFromURL") && target.endsWith("/results.json");
        return WRITES.contains(operation) && !takenBack && !headStart
                || operation.equals("DeleteBlob") && !target.contains("/ctrl_");
    }

    private static Optional<WorkMessage.ComputeItem> work(Job job, String text) {
        return MessageCodec.readWork(text) instanceof WorkMessage.ComputeItem work
                ? Optional.of(work).filter(w -> w.run().equals(Storage.run(job)))
                : Optional.empty();
    }

    private boolean isOpen(WorkMessage.ComputeItem work, History.Entry deletion) {
        String index = target(PartLayout.indexName(work.run(), (Part) work.item()));
        return history.since(begun).stream()
                .filter(entry -> entry.request().target().equals(index))
                .filter(entry -> entry.ended().compareTo(deletion.arrived()) <= 0)
                .noneMatch(entry -> isSettlement(entry)
                        || isRefusedClaim(entry, deletion.request().service()));
    }

    private static boolean isSettlement(History.Entry entry) {
        return entry.changed() && SETTLEMENTS.contains(entry.request().operation());
    }

    private static boolean isRefusedClaim(History.Entry entry, String service) {
        return !entry.changed()
                && entry.request().operation().equals("AcquireLease")
                && entry.request().service().equals(service);
    }

    private void checkPasses(Job job) {
        Duration end = ends.get(job).write().ended();
        long passes = history.since(disturbed).stream()
                .filter(entry -> entry.request().operation().equals("ListBlobs"))
                .filter(entry -> entry.request().query().contains("prefix=active"))
                .filter(entry -> entry.arrived().compareTo(end) < 0)
                .collect(Collectors.groupingBy(entry -> entry.request().service(), Collectors.counting()))
                .values()
                .stream()
                .max(Long::compare)
                .orElse(0L);
        assertThat(passes / LISTINGS_OF_A_PASS)
                .as("passes of the watcher until job %s ended", job)
                .isLessThanOrEqualTo(maxPasses);
    }
}
