package io.freshet.system.check;

import io.freshet.storage.RunFiles;
import io.freshet.system.cluster.Storage;
import io.freshet.system.cluster.TestedFreshet;
import io.freshet.testing.Patience;
import org.awaitility.Awaitility;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** What has to be true when nothing more is expected: nobody has anything to do, and nobody complained. */
final class RestCheck {
    /** What a process says that notices that it stood still. */
    private static final String STANDSTILL = "BlockedThreadChecker";

    private static final List<String> COMPLAINTS =
            List.of("\"level\":\"ERROR\"", "\"level\":\"FATAL\"", "OutOfMemoryError", "\"exception\":{");

    private final TestedFreshet freshet;
    private final Storage storage;
    private final Map<String, Long> logStart = new HashMap<>();

    /** Log lines from now on count. */
    RestCheck(TestedFreshet freshet) {
        this.freshet = freshet;
        this.storage = freshet.storage();
        freshet.services().forEach(s -> logStart.put(s.name(), s.logLength()));
    }

    /** Nothing is left that anybody would work on, and nobody complained. */
    void atRest() {
        Awaitility.await("the queues are empty")
                .atMost(Patience.LIMIT)
                .untilAsserted(() -> Storage.QUEUES.forEach(queue -> assertThat(storage.depth(queue))
                        .as("messages in %s", queue)
                        .isZero()));
        awaitSwept();
        Storage.QUEUES.forEach(queue -> assertThat(storage.takeAll(queue + "-poison"))
                .as("messages in %s-poison", queue)
                .isEmpty());
        assertThat(complaints())
                .as("log lines of level ERROR, or with a stack trace")
                .isEmpty();
    }

    /** Waits until no run is looked after any more, and nothing is left of uploads whose gateway died. */
    void awaitSwept() {
        Awaitility.await("unfinished uploads are swept").atMost(Patience.LIMIT).untilAsserted(this::checkSwept);
    }

    private void checkSwept() {
        assertThat(storage.names("active/")).as("runs that are looked after").isEmpty();
        assertThat(storage.names("uploading/")).as("uploads under way").isEmpty();
        List<String> blobs = storage.names("");
        assertThat(storage.namesWithUncommitted(""))
                .filteredOn(blob -> !isHeadStart(blob, blobs))
                .as("blobs that are but staged")
                .isEqualTo(blobs);
        assertThat(blobs.stream().filter(blob -> !isOfRun(blob, blobs)))
                .as("blobs of runs that are not")
                .isEmpty();
    }

    /** Outputs that were staged for results which a run does not come to, such as a canceled one: storage drops them. */
    private static boolean isHeadStart(String blob, List<String> blobs) {
        return blob.endsWith("/results.json") && !blobs.contains(blob) && isOfRun(blob, blobs);
    }

    private static boolean isOfRun(String blob, List<String> blobs) {
        String folder = blob.substring(0, blob.lastIndexOf('/') + 1);
        return RunFiles.parseFolder(folder)
                .map(run -> blobs.contains(RunFiles.document(run)))
                .orElse(true);
    }

    private List<String> complaints() {
        return freshet.services().stream()
                .flatMap(service -> service.log(logStart.getOrDefault(service.name(), 0L))
                        .lines()
                        .filter(line -> COMPLAINTS.stream().anyMatch(line::contains))
                        .filter(line -> !(service.wasPaused() && line.contains(STANDSTILL)))
                        .map(line -> service.name() + ": " + line))
                .toList();
    }
}
