package io.freshet.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.freshet.run.Items;
import io.freshet.run.Location;
import io.freshet.run.Progress;
import io.freshet.run.Run;
import io.freshet.run.RunState;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.Collectors;

/**
 * A job as clients see it: the fields of the original job scheduler, and some that it did not have. The body of
 * {@code GET /jobs/{id}} and the data of completion events.
 *
 * @param owner who submitted it; absent if callers are not authenticated
 * @param active parts in flight
 * @param parallelism parts in flight while it runs; while there are none, how many there may be
 * @param lines lines of the input, empty ones included
 * @param bytes of the input, unpacked
 * @param progress settled share of the parts, 0 to 1
 * @param linesPerSecond lines of finished parts divided by the time spent on parts: while it ran and, when suspended,
 *     until the last part in flight was finished; absent until the first part is finished
 * @param reason why it failed, was canceled, has errors, or does not run where or as wide as expected
 * @param estimatedCompletionTime absent unless it runs and has a rate
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({
    "id",
    "name",
    "status",
    "startTime",
    "completionTime",
    "succeeded",
    "failed",
    "active",
    "parallelism"
})
public record JobDocument(
        String id,
        @Nullable String name,
        String handler,
        JobStatus status,
        @Nullable Instant startTime,
        @Nullable Instant completionTime,
        int succeeded,
        int failed,
        int active,
        int parallelism,
        int parts,
        int completions,
        long lines,
        long rejectedLines,
        long bytes,
        double progress,
        @Nullable Double linesPerSecond,
        @Nullable Instant estimatedCompletionTime,
        @Nullable String reason,
        String storageContainer,
        String storageBlobPrefix,
        boolean runningOnAci,
        String executionLocation,
        @Nullable String gpu,
        @Nullable Integer gpuQuantity,
        @Nullable String owner) {

    private static final int SHOWN_FAILURES = 10;

    /** What a document says beyond the run itself. */
    public record Circumstances(String container, int active, Instant now) {}

    public static JobDocument of(Run run, Circumstances now) {
        Rate rate = Rate.of(run, now.now());
        Items.Parts parts = parts(run);
        boolean burst = run.location() instanceof Location.Burst b && b.isServerless();
        return new JobDocument(
                run.id().toString(),
                run.spec().name(),
                run.spec().handler(),
                JobStatus.of(run.state()),
                seconds(run.timeline().started()),
                seconds(run.timeline().ended()),
                run.progress().done().size(),
                run.progress().failed().size(),
                now.active(),
                parallelism(run, now.active()),
                parts.count(),
                parts.count(),
                parts.lines(),
                run.progress().tally().rejectedLines(),
                parts.bytes(),
                share(run),
                rate.linesPerSecond(),
                seconds(rate.end()),
                explanation(run),
                now.container(),
                run.id().blobPrefix(),
                burst,
                burst ? "aci" : "cluster",
                run.spec().placement().gpu(),
                run.spec().placement().gpu() == null
                        ? null
                        : run.spec().placement().gpuQuantity(),
                run.spec().owner());
    }

    private static Items.Parts parts(Run run) {
        return switch (run.spec().items()) {
            case Items.Parts parts -> parts;
            case Items.Blobs blobs ->
                throw new IllegalArgumentException("Run " + run.id() + " is a step of an orchestration");
        };
    }

    /** The number of parts in flight, whoever set the limit; while there are none, the limit. */
    private static int parallelism(Run run, int active) {
        if (run.state() instanceof RunState.Running && active > 0) {
            return active;
        }
        int limit = run.location() instanceof Location.Burst burst
                ? burst.parallelism()
                : run.spec().placement().parallelism();
        return Math.max(1, Math.min(limit, run.itemCount()));
    }

    /** Why the job failed, was canceled, has errors or does not run where it was expected to; absent while all is well. */
    private static @Nullable String explanation(Run run) {
        String trouble = reason(run);
        return trouble == null ? deviation(run.location()) : trouble;
    }

    private static @Nullable String deviation(Location location) {
        return switch (location) {
            case Location.Undecided l -> null;
            case Location.Cluster l -> l.reason();
            case Location.Burst l -> l.reason();
            case Location.FellBack l -> l.reason();
        };
    }

    /** Why the job failed, was canceled or has errors; null if all is well. */
    public static @Nullable String reason(Run run) {
        Progress progress = run.progress();
        return switch (run.state()) {
            case RunState.Canceled s -> s.reason();
            case RunState.Failed s
            when progress.failed().isEmpty() || !progress.done().isEmpty() -> s.reason();
            default -> progress.failed().isEmpty() ? null : failures(run);
        };
    }

    private static String failures(Run run) {
        return run.progress().failed().size() + " of " + run.itemCount() + " parts failed: "
                + run.progress().failures().stream()
                        .limit(SHOWN_FAILURES)
                        .map(failure -> "part " + (failure.item() + 1) + ": " + failure.reason())
                        .collect(Collectors.joining("; "));
    }

    private static double share(Run run) {
        int parts = run.itemCount();
        return parts == 0
                ? (run.state() instanceof RunState.Finished ? 1 : 0)
                : (double) run.progress().settled() / parts;
    }

    private static @Nullable Instant seconds(@Nullable Instant time) {
        return time == null ? null : time.truncatedTo(ChronoUnit.SECONDS);
    }

    private record Rate(
            @Nullable Double linesPerSecond, @Nullable Instant end) {
        private static final Rate UNKNOWN = new Rate(null, null);

        static Rate of(Run run, Instant now) {
            double seconds = run.worked(now).toMillis() / 1000.0;
            long lines = run.progress().tally().lines();
            if (lines == 0 || seconds <= 0) {
                return UNKNOWN;
            }
            double perSecond = Math.round(lines / seconds * 10) / 10.0;
            long left = parts(run).lines() - lines;
            boolean moving = run.state() instanceof RunState.Running && perSecond > 0;
            return new Rate(perSecond, moving ? now.plusMillis((long) (left / perSecond * 1000)) : null);
        }
    }
}
