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
        stage.storage().takeAll("work-poison");
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
