package io.freshet.gateway.dashboard;

import io.freshet.failure.Permanent;
import io.freshet.gateway.problem.ProblemException;
import io.freshet.gateway.problem.ProblemType;
import io.freshet.gateway.problem.Quoted;
import io.freshet.instance.Instance;
import io.freshet.instance.InstanceId;
import io.freshet.run.Run;
import io.freshet.run.RunId;
import io.freshet.storage.InstanceStore;
import io.freshet.storage.RunStore;
import io.freshet.storage.RunStore.Look;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

import java.util.Optional;

/** Finds runs by the ids that clients know: those of jobs, and those of orchestration instances. */
@Singleton
final class RunLookup {
    private final RunStore runs;
    private final InstanceStore instances;

    RunLookup(RunStore runs, InstanceStore instances) {
        this.runs = runs;
        this.instances = instances;
    }

    /** The run, or a problem that names the id. Only this owner's, if one is given. */
    Uni<Run> run(String id, @Nullable String owner) {
        return first(id, owner).map(look -> look.run().orElseThrow(() -> unknown(id)));
    }

    /** As {@link #at}; fails with a problem that names the id if there is nothing. */
    Uni<Snapshot> first(String id, @Nullable String owner) {
        return at(id, Snapshot.NOTHING, owner).invoke(look -> {
            if (look.isNothing()) {
                throw unknown(id);
            }
        });
    }

    /** Reads what has changed since the last snapshot. If an owner is given, others' runs do not exist. */
    Uni<Snapshot> at(String id, Snapshot last, @Nullable String owner) {
        return find(id, last)
                .map(look -> look.ifOf(owner))
                .onFailure(Permanent.class)
                .transform(t -> new IllegalStateException("The document of " + Quoted.of(id) + " cannot be read", t));
    }

    private Uni<Snapshot> find(String id, Snapshot last) {
        Optional<RunId> job = RunId.read(id).filter(run -> !run.isStep());
        if (job.isPresent()) {
            return run(job.get(), last, Optional.empty());
        }
        Optional<InstanceId> instance = InstanceId.read(id);
        return instance.isEmpty()
                ? Uni.createFrom().item(Snapshot.NOTHING)
                : instances.find(instance.get()).flatMap(found -> step(found, last));
    }

    /** The step that was started last. */
    private Uni<Snapshot> step(Optional<Instance> instance, Snapshot last) {
        return instance.map(i -> i.runs().isEmpty()
                        ? Uni.createFrom().item(new Snapshot(instance, Optional.empty(), ""))
                        : run(i.runs().getLast(), last, instance))
                .orElse(Uni.createFrom().item(Snapshot.NOTHING));
    }

    private Uni<Snapshot> run(RunId id, Snapshot last, Optional<Instance> instance) {
        boolean known = last.run().filter(run -> run.id().equals(id)).isPresent();
        return runs.findIfChanged(id, known ? last.version() : null).map(look -> switch (look) {
            case Look.Absent a -> new Snapshot(instance, Optional.empty(), "");
            case Look.Unchanged u -> new Snapshot(instance, last.run(), last.version());
            case Look.Changed(Run run, String version) ->
                new Snapshot(instance, Optional.of(run).filter(r -> !r.isDeleted()), version);
        });
    }

    private static ProblemException unknown(String id) {
        return new ProblemException(
                ProblemType.JOB_NOT_FOUND,
                "There is no job and no orchestration " + Quoted.of(id) + ", or it was deleted");
    }

    /**
     * A run as storage has it, under the id that clients know.
     *
     * @param instance whose step it is, if it is one
     * @param run absent before the first step, and once it is gone
     * @param version of the run's document; "" without one
     */
    record Snapshot(Optional<Instance> instance, Optional<Run> run, String version) {
        static final Snapshot NOTHING = new Snapshot(Optional.empty(), Optional.empty(), "");

        /** This, if the owner is the given one or none is given; else nothing. */
        Snapshot ifOf(@Nullable String wanted) {
            return wanted == null || wanted.equals(owner()) ? this : NOTHING;
        }

        /** Who submitted or started it. */
        private @Nullable String owner() {
            return instance.map(i -> i.request().owner())
                    .or(() -> run.map(r -> r.spec().owner()))
                    .orElse(null);
        }

        boolean isNothing() {
            return instance.isEmpty() && run.isEmpty();
        }
    }
}
