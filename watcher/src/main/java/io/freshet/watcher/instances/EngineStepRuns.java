package io.freshet.watcher.instances;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import io.freshet.coordination.StepRuns;
import io.freshet.failure.FailureCode;
import io.freshet.failure.FreshetException;
import io.freshet.failure.Permanent;
import io.freshet.instance.HistoryEvent.Failure;
import io.freshet.instance.Instance;
import io.freshet.instance.Position.InStep;
import io.freshet.items.Layouts;
import io.freshet.orchestration.StepSummary;
import io.freshet.run.Items;
import io.freshet.run.Run;
import io.freshet.run.RunId;
import io.freshet.run.RunState;
import io.freshet.storage.BlobStore;
import io.freshet.storage.RunFiles;
import io.freshet.storage.RunStore;
import io.freshet.telemetry.RunLog;
import io.freshet.watcher.reconcile.Reconciler;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Computes steps as ordinary runs. Changes wake the reconciler without waiting for it. */
@Singleton
final class EngineStepRuns implements StepRuns {
    private static final RunLog LOG = RunLog.of(EngineStepRuns.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SHOWN_FAILURES = 10;
    private static final double MILLIS = 1000;

    private final RunStore store;
    private final BlobStore blobs;
    private final Layouts layouts;
    private final StepSpecs specs;
    private final Reconciler reconciler;
    private final Clock clock;

    EngineStepRuns(
            RunStore store, BlobStore blobs, Layouts layouts, StepSpecs specs, Reconciler reconciler, Clock clock) {
        this.store = store;
        this.blobs = blobs;
        this.layouts = layouts;
        this.specs = specs;
        this.reconciler = reconciler;
        this.clock = clock;
    }

    @Override
    public Uni<StepState> advance(Instance instance, InStep step) {
        return store.find(step.run())
                .flatMap(found -> found.isPresent() ? follow(step, found.get()) : start(instance, step));
    }

    private Uni<StepState> start(Instance instance, InStep step) {
        return specs.of(instance, step)
                .map(spec -> Run.submitted(step.run(), spec, clock.instant()))
                .flatMap(run -> store.markActive(run.id())
                        .chain(() -> store.create(run))
                        .invoke(() -> wake(run.id()))
                        .replaceWith(computing(run)))
                .onFailure(StepSpecs.Refused.class)
                .recoverWithItem(t -> new StepState.Broken(new Failure(String.valueOf(t.getMessage()), ""), null));
    }

    private Uni<StepState> follow(InStep step, Run run) {
        boolean isOutdated = run.dispatch().generation() < step.generation();
        return switch (run.state()) {
            case RunState.Suspended s -> change(run, now -> now.resume(clock));
            case RunState.Unfinished s -> Uni.createFrom().item(computing(run));
            case RunState.Completed s -> value(run).map(value -> computed(run, value));
            case RunState.Repeatable s when isOutdated -> rerun(step, run);
            case RunState.Finished s -> Uni.createFrom().item(new StepState.Broken(failure(run), progress(run)));
        };
    }

    private Uni<StepState> rerun(InStep step, Run run) {
        return store.reopen(
                        run.id(),
                        now -> now.dispatch().generation() < step.generation()
                                        && now.state() instanceof RunState.Repeatable
                                ? now.rerunFailed(clock)
                                : now)
                .invoke(now -> wake(now.id()))
                .map(EngineStepRuns::computing);
    }

    private Uni<StepState> change(Run run, UnaryOperator<Run> change) {
        return store.update(run.id(), now -> now.isUnfinished() ? change.apply(now) : now)
                .invoke(now -> wake(now.id()))
                .map(EngineStepRuns::computing);
    }

    private static StepState computing(Run run) {
        return new StepState.Computing(progress(run));
    }

    private static Progress progress(Run run) {
        Instant last = run.timeline().progressed();
        double seconds = last == null ? 0 : run.worked(last).toMillis() / MILLIS;
        int done = run.progress().done().size();
        double perSecond = seconds > 0 ? Math.round(done / seconds * 10) / 10.0 : 0;
        return new Progress(done, run.progress().failed().size(), run.itemCount(), perSecond);
    }

    private StepState computed(Run run, JsonNode value) {
        String outputs = layouts.of(run).container() + "/" + folder(run) + "/";
        return new StepState.Computed(new StepSummary(run.itemCount(), outputs, value), progress(run));
    }

    private static String folder(Run run) {
        return run.spec().items() instanceof Items.Blobs blobs
                ? blobs.folder()
                : run.id().blobPrefix();
    }

    private Uni<JsonNode> value(Run run) {
        return run.spec().items() instanceof Items.Blobs step && step.owner().isReduced()
                ? this.blobs.read(RunFiles.results(run.id())).map(EngineStepRuns::parse)
                : Uni.createFrom().item(NullNode.instance);
    }

    private static JsonNode parse(Optional<BlobStore.Content> results) {
        try {
            return results.isEmpty()
                    ? NullNode.instance
                    : JSON.readTree(results.get().bytes());
        } catch (IOException e) {
            throw new Permanent(FailureCode.MALFORMED, "The reduced value of a step is not JSON", e);
        }
    }

    private static Failure failure(Run run) {
        String reason = switch (run.state()) {
            case RunState.Failed s -> s.reason();
            case RunState.CompletedWithErrors s -> s.reason();
            case RunState.Canceled s -> s.reason();
            default -> "";
        };
        String details = run.progress().failures().stream()
                .limit(SHOWN_FAILURES)
                .map(failed -> "input " + failed.item() + ": " + failed.reason())
                .collect(Collectors.joining("; "));
        return new Failure(details.isEmpty() ? reason : reason + ": " + details, details);
    }

    @Override
    public Uni<Void> suspend(RunId run) {
        return changeIfThere(
                run,
                now -> now.state() instanceof RunState.Pending || now.state() instanceof RunState.Running
                        ? now.suspend(clock)
                        : now);
    }

    @Override
    public Uni<Void> cancel(RunId run) {
        return changeIfThere(run, now -> now.isUnfinished() ? now.cancel("its orchestration has ended", clock) : now);
    }

    @Override
    public Uni<Void> remove(RunId run) {
        return store.find(run)
                .flatMap(found -> found.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : store.reopen(run, now -> now.delete(clock))
                                .invoke(now -> wake(run))
                                .replaceWithVoid())
                .onFailure(t -> FreshetException.is(t, FailureCode.NOT_FOUND))
                .recoverWithNull();
    }

    private Uni<Void> changeIfThere(RunId id, UnaryOperator<Run> change) {
        return store.find(id)
                .flatMap(found -> found.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : store.update(id, change)
                                .invoke(now -> wakeUnless(now.equals(found.get()), id))
                                .replaceWithVoid());
    }

    /** Who looks at a run that has ended asks us to end it: it must not be looked at for that. */
    private void wakeUnless(boolean isUnchanged, RunId run) {
        if (!isUnchanged) {
            wake(run);
        }
    }

    /** Does not wait: we may be called while this very run is being reconciled. */
    private void wake(RunId run) {
        reconciler
                .reconcile(run)
                .subscribe()
                .with(done -> {}, t -> LOG.warn(run, "Could not reconcile run %s: %s", run, t.getMessage()));
    }
}
