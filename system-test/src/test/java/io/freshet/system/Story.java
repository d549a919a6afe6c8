package io.freshet.system;

import org.awaitility.Awaitility;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** What users do to a small run: three parts of 20 lines, one line rejected, one part that succeeds on its second try. */
enum Story {
    UNDISTURBED(Story::undisturbed),
    CANCELED(Story::canceled),
    SUSPENDED_AND_RESUMED(Story::suspendedAndResumed),
    RERUN(Story::rerun),
    DELETED(Story::deleted),
    /** Fan-out, events that nobody waits for, fan-in, reduction, and a purge. */
    ORCHESTRATED(Story::orchestrated),
    /** One input fails, is mended, and is computed again alone. */
    REWOUND(Story::rewound),
    /** A finished instance's id is used again. */
    REPLACED(Story::replaced),
    /** Two steps, and between them an event that has to be waited for; of an orchestration that is loaded. */
    STEPPED(Story::stepped),
    /** A client that does not insist, and comes back when the sweeper has been there. */
    UPLOAD_LOST(Story::uploadLost);

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int OTHER_PARTS = 2;
    private static final Calculations LINES =
            new Calculations(5).good(29).rejected("17", "not a JSON object").good(30);
    private static final Outcome WHOLE = Outcome.of(LINES, 3);
    private static final Outcome CANCELED_OUTCOME = Outcome.canceled(OTHER_PARTS);

    private final Consumer<Stage> plot;

    Story(Consumer<Stage> plot) {
        this.plot = plot;
    }

    /** Plays it and checks all that has to hold. */
    void play(Stage stage) {
        plot.accept(stage);
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

    private static void undisturbed(Stage stage) {
        Job job = submit(stage);
        stage.inspection().ended(job, WHOLE);
        stage.inspection().acknowledged(job);
        end(stage, job);
    }

    private static void canceled(Stage stage) {
        stage.failingPart().hold();
        Job job = submit(stage);
        awaitSucceeded(stage, job);
        stage.insist(job::cancel);
        stage.inspection().ended(job, CANCELED_OUTCOME);
        end(stage, job);
    }

    private static void suspendedAndResumed(Stage stage) {
        stage.failingPart().hold();
        Job job = submit(stage);
        awaitSucceeded(stage, job);
        stage.insist(job::suspend);
        stage.failingPart().release();
        stage.insist(() -> commandWhile("Suspended", job, Job::resume));
        stage.inspection().ended(job, WHOLE);
        end(stage, job);
    }

    private static void rerun(Stage stage) {
        String repair = "repair-" + System.nanoTime();
        List<String> lines = List.of("a", "b", "need:" + repair, "d", "e", "f");
        Job job = stage.insist(() -> stage.jobs().submit(Text.lines(lines), "handler=exec&itemsPerJob=2", repair));
        stage.inspection().ended(job, Outcome.completeWithErrors(Program.results(List.of("a", "b", "e", "f")), 2, 2));
        stage.storage().takeGivenUpWork();
        stage.freshet().program().open(repair);
        stage.awaitRepairs();
        stage.inspection().reopened(job);
        stage.insist(() -> commandWhile("CompleteWithErrors", job, Job::rerunFailed));
        stage.inspection().ended(job, Outcome.complete(Program.results(lines), 3));
        end(stage, job);
    }

    /** A gateway that dies may have done what it was asked to, and the job may be far beyond it. */
    private static void commandWhile(String status, Job job, Consumer<Job> command) {
        if (job.status().equals(status)) {
            command.accept(job);
        }
    }

    private static void deleted(Stage stage) {
        stage.failingPart().hold();
        Job job = submit(stage);
        awaitSucceeded(stage, job);
        end(stage, job);
    }

    private static void uploadLost(Stage stage) {
        String key = "key-" + System.nanoTime();
        Job job;
        try {
            job = submit(stage, key);
        } catch (UncheckedIOException | AssertionError e) {
            if (!Insistence.passes(e)) {
                throw e;
            }
            stage.awaitRepair();
            stage.inspection().swept();
            job = submit(stage, key);
        }
        stage.inspection().ended(job, WHOLE);
        end(stage, job);
    }

    private static void orchestrated(Stage stage) {
        Orchestrated instance = instance(stage);
        stage.insist(() -> instance.start("{\"inputs\":[[1,2],[3.5],[],[4],[5]]}"));
        stage.insist(() -> instance.raise("Other"));
        stage.insist(() -> instance.raise("ComputeComplete"));
        instance.awaitCompleted(5, 15.5);
        end(stage, instance);
    }

    private static void rewound(Stage stage) {
        String folder = "batch-" + System.nanoTime() + "/";
        List<String> inputs = List.of("[1]", "[2]", "\"no array\"", "[4]");
        for (int i = 0; i < inputs.size(); i++) {
            stage.storage().upload(Stage.OPEN_CONTAINER, folder + i, Text.bytes(inputs.get(i)));
        }
        Orchestrated instance = instance(stage);
        stage.insist(() -> instance.start("{\"inputPrefix\":\"" + Stage.OPEN_CONTAINER + "/" + folder + "\"}"));
        instance.awaitEnd("Failed");
        stage.awaitRepairs();
        awaitPoison(stage);
        stage.storage().upload(Stage.OPEN_CONTAINER, folder + 2, Text.bytes("[3]"));
        stage.insist(instance::rewind);
        instance.awaitCompleted(inputs.size(), 10);
        end(stage, instance);
    }

    /** A worker may die between what it says of an item and the end of its message. */
    private static void awaitPoison(Stage stage) {
        Awaitility.await("the message of the input that failed")
                .atMost(LIMIT)
                .until(() -> !stage.storage().takeAll("input-poison").isEmpty()
                        || stage.storage().depth("input") == 0);
    }

    private static void replaced(Stage stage) {
        Orchestrated instance = instance(stage);
        stage.insist(() -> instance.start("{\"inputs\":[[1],[2],[3]]}"));
        instance.awaitCompleted(3, 6);
        String before = instance.outputs();
        stage.awaitRepairs();
        stage.insist(() -> instance.start("{\"inputs\":[[10],[20]]}"));
        instance.awaitCompleted(2, 30);
        instance.awaitGone(before);
        end(stage, instance);
    }

    private static void stepped(Stage stage) {
        Orchestrated instance = instance("WithApproval", stage);
        stage.insist(() -> instance.start("{\"inputs\":[[1,2],[3],[4]]}"));
        stage.insist(() -> instance.raise("Approved"));
        instance.awaitOutput("[6,6,8]");
        end(stage, instance);
    }

    private static Orchestrated instance(Stage stage) {
        return instance("ComputeOrchestrator", stage);
    }

    private static Orchestrated instance(String name, Stage stage) {
        return new Orchestrated(name, "o-" + System.nanoTime(), stage.jobs(), stage.storage());
    }

    private static void end(Stage stage, Orchestrated instance) {
        stage.awaitRepairs();
        stage.insist(instance::purge);
        instance.awaitGone();
        stage.awaitRepairs();
        stage.storage().takeAll("input-poison");
        stage.inspection().atRest();
    }

    /** With a key, so that a client whose gateway died can ask again. */
    private static Job submit(Stage stage) {
        String key = "key-" + System.nanoTime();
        return stage.insist(() -> submit(stage, key));
    }

    private static Job submit(Stage stage, String key) {
        return stage.jobs().submit(LINES.file(), "itemsPerJob=20", key);
    }

    private static void awaitSucceeded(Stage stage, Job job) {
        Awaitility.await("the other parts of job " + job + " are done")
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> stage.insist(job::succeeded) >= OTHER_PARTS);
    }

    private static void end(Stage stage, Job job) {
        stage.awaitRepairs();
        stage.insist(job::delete);
        stage.inspection().gone(job);
        stage.awaitRepairs();
        stage.inspection().atRest();
    }
}
