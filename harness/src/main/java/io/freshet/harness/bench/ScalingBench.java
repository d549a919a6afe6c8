package io.freshet.harness.bench;

import io.freshet.harness.Wait;
import io.freshet.harness.api.Gateway;
import io.freshet.harness.api.Job;
import io.freshet.harness.bench.ClusterBench.Release;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import static io.freshet.harness.bench.Table.format;

/** What comes of a cluster's life in the long run: workers that come and go under load, and a watcher with nothing to do. */
final class ScalingBench {
    private static final int PARTS = 12;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration REST = Duration.ofSeconds(20);
    private static final String METRICS = "/q/metrics";
    private static final Pattern TO_KUBERNETES = counter("apiserver_request_total");
    private static final Pattern TO_STORAGE = counter("freshet_azure_calls_seconds_count");

    private final Consumer<String> progress;

    ScalingBench(Consumer<String> progress) {
        this.progress = progress;
    }

    /** Lines lost or doubled, while in each cycle workers come for a job, one is stopped amid its work, and all go again. */
    int wrongLines(Release release, int cycles) {
        int wrong = 0;
        for (int cycle = 1; cycle <= cycles; cycle++) {
            ClusterBench.awaitNoWorker(release);
            Job job = ClusterBench.submit(release, PARTS, "handler=exec&itemsPerJob=1");
            ClusterBench.await(job, ClusterBench::hasBegun);
            ClusterBench.workers(release).stream().findFirst().ifPresent(pod -> stop(release, pod));
            ClusterBench.await(job, ClusterBench::isComplete);
            wrong += differences(ClusterBench.lines(PARTS), job);
            progress.accept("  cycle " + cycle + ": " + wrong + " lines are wrong");
        }
        return wrong;
    }

    /** As scaling in does, with time to hand its work back. */
    private static void stop(Release release, String pod) {
        release.kubectl("delete", pod, "--wait=false", "--ignore-not-found");
    }

    private static int differences(List<String> expected, Job job) {
        List<String> lost = new ArrayList<>(expected);
        List<String> doubled = new ArrayList<>();
        new String(job.results(), StandardCharsets.UTF_8).lines().forEach(line -> {
            if (!lost.remove(line)) {
                doubled.add(line);
            }
        });
        return lost.size() + doubled.size();
    }

    /** Requests a minute of a watcher that has nothing to do: to storage, and to the API server, which counts those of all. */
    String idle(Release release) {
        ClusterBench.awaitNoWorker(release);
        Wait.pause(REST);
        Gateway watcher = new Gateway(URI.create(release.watcherManagement()));
        double storageBefore = sum(TO_STORAGE, watcher.text(METRICS));
        double with = kubernetesCallsInAMinute(release);
        double storage = sum(TO_STORAGE, watcher.text(METRICS)) - storageBefore;
        release.kubectl("scale", "deployment/freshet-watcher", "--replicas=0");
        Wait.pause(REST);
        double without = kubernetesCallsInAMinute(release);
        return format("%.0f to storage; API server: %.0f of all with it, %.0f without", storage, with, without);
    }

    private static double kubernetesCallsInAMinute(Release release) {
        double before = sum(TO_KUBERNETES, release.kubectl("get", "--raw", "/metrics"));
        Wait.pause(MINUTE);
        return sum(TO_KUBERNETES, release.kubectl("get", "--raw", "/metrics")) - before;
    }

    private static double sum(Pattern counter, String metrics) {
        return counter.matcher(metrics)
                .results()
                .map(MatchResult::group)
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static Pattern counter(String name) {
        return Pattern.compile("^" + name + "\\{.*\\} \\S+$", Pattern.MULTILINE);
    }
}
