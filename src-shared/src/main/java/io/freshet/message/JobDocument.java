package io.freshet.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.freshet.run.Run;
import io.freshet.run.RunSpec;
import io.freshet.run.RunState;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A job as clients see it: the fields of the original job scheduler, and what it did not tell. The body of
 * {@code GET /jobs/{id}} and the data of completion events.
 *
 * @param status {@code Pending Running Suspended Finalizing Complete CompleteWithErrors Failed Canceled}
 * @param active parts that are in work
 * @param lines lines of the input, empty ones included
 * @param bytes of the input, unpacked
 * @param progress settled share of the parts, 0 to 1
 * @param linesPerSecond lines of finished parts by the time that parts were worked on: while it ran, and in a
 *     suspension until the last part in work was finished; absent before the first is finished
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
        String status,
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
        @Nullable Integer gpuQuantity) {

    /** What is told of a run besides the run itself. */
    public record Circumstances(String container, int active, Instant now) {}

    public static JobDocument of(Run run, Circumstances now) {
        Rate rate = Rate.of(run, now.now());
        boolean burst = run.spec().placement().burst() == RunSpec.Burst.ALWAYS;
        return new JobDocument(
                run.id().toString(),
                run.spec().name(),
                run.spec().handler(),
                status(run.state()),
                seconds(run.timeline().started()),
                seconds(run.timeline().ended()),
                run.progress().done().size(),
                run.progress().failed().size(),
                now.active(),
                Math.max(
                        1,
                        Math.min(
                                run.spec().placement().parallelism(), run.size().items())),
                run.size().items(),
                run.size().items(),
                run.size().lines(),
                run.progress().rejectedLines(),
                run.size().bytes(),
                share(run),
                rate.linesPerSecond(),
                seconds(rate.end()),
                run.reason(),
                now.container(),
                run.id().blobPrefix(),
                burst,
                burst ? "aci" : "cluster",
                run.spec().placement().gpu(),
                run.spec().placement().gpu() == null
                        ? null
                        : run.spec().placement().gpuQuantity());
    }

    /** The text that clients know a state by. */
    public static String status(RunState state) {
        return switch (state) {
            case RunState.Pending s -> "Pending";
            case RunState.Running s -> "Running";
            case RunState.Suspended s -> "Suspended";
            case RunState.Finalizing s -> "Finalizing";
            case RunState.Completed s -> "Complete";
            case RunState.CompletedWithErrors s -> "CompleteWithErrors";
            case RunState.Failed s -> "Failed";
            case RunState.Canceled s -> "Canceled";
        };
    }

    private static double share(Run run) {
        return run.size().items() == 0
                ? (run.state() instanceof RunState.Finished ? 1 : 0)
                : (double) run.progress().settled() / run.size().items();
    }

    private static @Nullable Instant seconds(@Nullable Instant time) {
        return time == null ? null : time.truncatedTo(ChronoUnit.SECONDS);
    }

    private record Rate(
            @Nullable Double linesPerSecond, @Nullable Instant end) {
        private static final Rate UNKNOWN = new Rate(null, null);

        static Rate of(Run run, Instant now) {
            double seconds = run.worked(now).toMillis() / 1000.0;
            long lines = run.progress().lines();
            if (lines == 0 || seconds <= 0) {
                return UNKNOWN;
            }
            double perSecond = Math.round(lines / seconds * 10) / 10.0;
            long left = run.size().lines() - lines;
            boolean moving = run.state() instanceof RunState.Running && perSecond > 0;
            return new Rate(perSecond, moving ? now.plusMillis((long) (left / perSecond * 1000)) : null);
        }
    }
}
