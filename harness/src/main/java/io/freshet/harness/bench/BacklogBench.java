package io.freshet.harness.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.freshet.harness.Wait;
import io.freshet.harness.bench.Table.Reference;
import io.freshet.harness.service.Packaging;
import io.freshet.harness.service.Service;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static io.freshet.harness.bench.Table.format;

/** Long queues before one worker and one watcher: messages and events that came twice, of a job that has ended long ago. */
final class BacklogBench {
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final int LINES_PER_PART = 100;
    private static final int TENTHS = 10;
    private final Lab lab;
    private final Table table;
    private final int length;

    BacklogBench(Lab lab, Table table, int length) {
        this.lab = lab;
        this.table = table;
        this.length = length;
    }

    /** What a service has taken at a tenth of the way. */
    private record Tenth(double cpu, double mib) {}

    void run() {
        lab.with(Services.of(1, 1, 1).threads(2), stack -> {
            JsonNode job = Work.job(stack, 10 * LINES_PER_PART, LINES_PER_PART);
            stack.worker().kill9();
            stack.watcher().kill9();
            workOff(stack, "worker", "work", message(job.path("id").asText()));
            String prefix = job.path("storageBlobPrefix").asText();
            workOff(stack, "watcher", "events", event(prefix));
            return true;
        });
    }

    private static String message(String run) {
        return "{\"v\":1,\"kind\":\"part\",\"run\":\"" + run
                + "\",\"part\":1,\"firstByte\":0,\"bytes\":100,\"firstLine\":1,\"lines\":1}";
    }

    private static String event(String prefix) {
        return "{\"topic\":\"t\",\"subject\":\"/blobServices/default/containers/jobs/blobs/" + prefix
                + "/output_1.json\",\"eventType\":\"Microsoft.Storage.BlobCreated\",\"id\":\"1\",\"eventTime\":\""
                + InstantSource.system().instant()
                + "\",\"data\":{\"api\":\"PutBlob\",\"contentType\":\"application/x-ndjson; lines=100; rejected=0\","
                + "\"contentLength\":1,\"blobType\":\"BlockBlob\",\"url\":\"http://127.0.0.1/\"},\"dataVersion\":\"\","
                + "\"metadataVersion\":\"1\"}";
    }

    private void workOff(Stack stack, String module, String queue, String message) {
        double filled = lab.plainSdk(stack, "queue", queue, Integer.toString(length), message);
        lab.progress(format("%d messages in %s after %.0f s", length, queue, filled));
        Service service = stack.start(module, Packaging.JAR, Map.of());
        Stack.awaitReady(service);
        List<Tenth> tenths = new ArrayList<>();
        while (tenths.size() < TENTHS) {
            Wait.pause(LOOK);
            double done = Stack.calls(service).getOrDefault("DeleteMessage", 0.0);
            if (done >= (tenths.size() + 1.0) * length / TENTHS) {
                long process = service.pid();
                tenths.add(new Tenth(Figures.cpuSeconds(process), Figures.mib(process, "VmRSS")));
                lab.progress(format(
                        "%s: %d/10, %.0f MiB, %.1f s CPU",
                        module, tenths.size(), tenths.getLast().mib, tenths.getLast().cpu));
            }
        }
        service.kill9();
        tell(module, tenths);
    }

    private void tell(String module, List<Tenth> tenths) {
        double end = tenths.get(9).mib;
        double half = tenths.get(4).mib;
        table.row(
                format("%s: RSS at the end of %d messages", module, length),
                format("%.0f MiB", end),
                Reference.of(format("at half: %.0f MiB", half), end / half),
                "flat");
        // the first tenths warm the JVM
        double last = (tenths.get(9).cpu - tenths.get(6).cpu) / 3;
        double before = (tenths.get(6).cpu - tenths.get(3).cpu) / 3;
        table.row(
                format("%s: CPU per message, last third", module),
                format("%.0f us", last / length * 1e7),
                Reference.of(format("third before: %.0f us", before / length * 1e7), last / before),
                "flat");
    }
}
