package io.freshet.system.crash;

import io.freshet.harness.api.Job;
import io.freshet.harness.calculator.Calculations;
import io.freshet.system.check.Outcome;
import io.freshet.system.cluster.Program;
import io.freshet.system.cluster.Text;
import io.freshet.system.fault.CrashPoint;
import io.freshet.system.orchestration.Instance;
import io.freshet.system.orchestration.OwnOrchestration;
import io.freshet.testing.Patience;
import org.awaitility.Awaitility;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** What users do to a small run: three parts of 20 lines, one line rejected, one part that succeeds on its second try. */
enum Workload {
    UNDISTURBED(Workload::undisturbed),
    CANCELED(Workload::canceled),
    SUSPENDED_AND_RESUMED(Workload::suspendedAndResumed),
    RERUN(Workload::rerun),
    DELETED(Workload::deleted),
    /** Fan-out, events that nobody waits for, fan-in, reduction, and a purge. */
    ORCHESTRATED(Workload::orchestrated),
    /** One input fails, is mended, and is computed again alone. */
    REWOUND(Workload::rewound),
    /** A finished instance's id is used again. */
    REPLACED(Workload::replaced),
    /** Two steps, and between them an event that has to be waited for; of an orchestration that is loaded. */
    STEPPED(Workload::stepped),
    /** A client that does not insist, and comes back when the sweeper has been there. */
    UPLOAD_LOST(Workload::uploadLost);

    private static final int OTHER_PARTS = 2;
    private static final Calculations LINES =
            new Calculations(5).good(29).rejected("17", "not a JSON object").good(30);
    private static final Outcome WHOLE = Outcome.of(LINES, 3);
    private static final Outcome CANCELED_OUTCOME = Outcome.canceled(OTHER_PARTS);

    private final Consumer<CrashCluster> plot;

    Workload(Consumer<CrashCluster> plot) {
        this.plot = plot;
    }

    /** Plays it and checks all that has to hold. */
    void play(CrashCluster cluster) {
        plot.accept(cluster);
    }

    boolean canBePlayed() {
        return this != STEPPED || OwnOrchestration.canBeLoaded();
    }

    /** Where it is of interest that something goes wrong. */
    List<CrashPoint> crashes(List<CrashPoint> points) {
        return this == UPLOAD_LOST
                ? points.stream()
                        .filter(point -> point.role().equals("gateway"))
                        .toList()
                : points;
    }

    private static void undisturbed(CrashCluster cluster) {
        Job job = submit(cluster);
        cluster.checker().ended(job, WHOLE);
        cluster.checker().acknowledged(job);
        end(cluster, job);
    }

    private static void canceled(CrashCluster cluster) {
        cluster.failingPart().hold();
        Job job = submit(cluster);
        awaitSucceeded(cluster, job);
        cluster.insist(job::cancel);
        cluster.checker().ended(job, CANCELED_OUTCOME);
        end(cluster, job);
    }

    private static void suspendedAndResumed(CrashCluster cluster) {
        cluster.failingPart().hold();
        Job job = submit(cluster);
        awaitSucceeded(cluster, job);
        cluster.insist(job::suspend);
        cluster.failingPart().release();
        cluster.insist(() -> commandWhile("Suspended", job, Job::resume));
        cluster.checker().ended(job, WHOLE);
        end(cluster, job);
    }

    private static void rerun(CrashCluster cluster) {
        String repair = "repair-" + System.nanoTime();
        List<String> lines = List.of("a", "b", "need:" + repair, "d", "e", "f");
        Job job = cluster.insist(() -> cluster.jobs().submit(Text.lines(lines), "handler=exec&itemsPerJob=2", repair));
        cluster.checker().ended(job, Outcome.completeWithErrors(Program.results(List.of("a", "b", "e", "f")), 2, 2));
        cluster.storage().takeGivenUpWork();
        cluster.freshet().program().open(repair);
        cluster.awaitRepairs();
        cluster.checker().reopened(job);
        cluster.insist(() -> commandWhile("CompleteWithErrors", job, Job::rerunFailed));
        cluster.checker().ended(job, Outcome.complete(Program.results(lines), 3));
        end(cluster, job);
    }

    /** A gateway that dies may have done what it was asked to, and the job may be far beyond it. */
    private static void commandWhile(String status, Job job, Consumer<Job> command) {
        if (job.status().equals(status)) {
            command.accept(job);
        }
    }

    private static void deleted(CrashCluster cluster) {
        cluster.failingPart().hold();
        Job job = submit(cluster);
        awaitSucceeded(cluster, job);
        end(cluster, job);
    }

    private static void uploadLost(CrashCluster cluster) {
        String key = "key-" + System.nanoTime();
        Job job;
        try {
            job = submit(cluster, key);
        } catch (UncheckedIOException | AssertionError e) {
            if (!RetryingClient.passes(e)) {
                throw e;
            }
            cluster.awaitRepair();
            cluster.checker().swept();
            job = submit(cluster, key);
        }
        cluster.checker().ended(job, WHOLE);
        end(cluster, job);
    }

    private static void orchestrated(CrashCluster cluster) {
        Instance instance = instance(cluster);
        cluster.insist(() -> instance.start("{\"inputs\":[[1,2],[3.5],[],[4],[5]]}"));
        cluster.insist(() -> instance.raise("Other"));
        cluster.insist(() -> instance.raise("ComputeComplete"));
        instance.awaitCompleted(5, 15.5);
        end(cluster, instance);
    }

    private static void rewound(CrashCluster cluster) {
        String folder = "batch-" + System.nanoTime() + "/";
        List<String> inputs = List.of("[1]", "[2]", "\"no array\"", "[4]");
        for (int i = 0; i < inputs.size(); i++) {
            cluster.storage().upload(CrashCluster.OPEN_CONTAINER, folder + i, Text.bytes(inputs.get(i)));
        }
        Instance instance = instance(cluster);
        cluster.insist(
                () -> instance.start("{\"inputPrefix\":\"" + CrashCluster.OPEN_CONTAINER + "/" + folder + "\"}"));
        instance.awaitEnd("Failed");
        cluster.awaitRepairs();
        awaitPoison(cluster);
        cluster.storage().upload(CrashCluster.OPEN_CONTAINER, folder + 2, Text.bytes("[3]"));
        cluster.insist(instance::rewind);
        instance.awaitCompleted(inputs.size(), 10);
        end(cluster, instance);
    }

    /** A worker may die between what it says of an item and the end of its message. */
    private static void awaitPoison(CrashCluster cluster) {
        Awaitility.await("the message of the input that failed")
                .atMost(Patience.LIMIT)
                .until(() -> !cluster.storage().takeAll("input-poison").isEmpty()
                        || cluster.storage().depth("input") == 0);
    }

    private static void replaced(CrashCluster cluster) {
        Instance instance = instance(cluster);
        cluster.insist(() -> instance.start("{\"inputs\":[[1],[2],[3]]}"));
        instance.awaitCompleted(3, 6);
        String before = instance.outputs();
        cluster.awaitRepairs();
        cluster.insist(() -> instance.start("{\"inputs\":[[10],[20]]}"));
        instance.awaitCompleted(2, 30);
        instance.awaitGone(before);
        end(cluster, instance);
    }

    private static void stepped(CrashCluster cluster) {
        Instance instance = instance("WithApproval", cluster);
        cluster.insist(() -> instance.start("{\"inputs\":[[1,2],[3],[4]]}"));
        cluster.insist(() -> instance.raise("Approved"));
        instance.awaitOutput("[6,6,8]");
        end(cluster, instance);
    }

    private static Instance instance(CrashCluster cluster) {
        return instance("ComputeOrchestrator", cluster);
    }

    private static Instance instance(String name, CrashCluster cluster) {
        return new Instance(name, "o-" + System.nanoTime(), cluster.jobs(), cluster.storage());
    }

    private static void end(CrashCluster cluster, Instance instance) {
        cluster.awaitRepairs();
        cluster.insist(instance::purge);
        instance.awaitGone();
        cluster.awaitRepairs();
        cluster.storage().takeAll("input-poison");
        cluster.checker().atRest();
    }

    /** With a key, so that a client whose gateway died can ask again. */
    private static Job submit(CrashCluster cluster) {
        String key = "key-" + System.nanoTime();
        return cluster.insist(() -> submit(cluster, key));
    }

    private static Job submit(CrashCluster cluster, String key) {
        return cluster.jobs().submit(LINES.file(), "itemsPerJob=20", key);
    }

    private static void awaitSucceeded(CrashCluster cluster, Job job) {
        Awaitility.await("the other parts of job " + job + " are done")
                .atMost(Patience.LIMIT)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> cluster.insist(job::succeeded) >= OTHER_PARTS);
    }

    private static void end(CrashCluster cluster, Job job) {
        cluster.awaitRepairs();
        cluster.insist(job::delete);
        cluster.checker().gone(job);
        cluster.awaitRepairs();
        cluster.checker().atRest();
    }
}
