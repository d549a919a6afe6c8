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

/** Looks at runs by the ids that clients know: those of jobs, and those of orchestrations' instances. */
@Singleton
final class RunLooks {
    private final RunStore runs;
    private final InstanceStore instances;

    RunLooks(RunStore runs, InstanceStore instances) {
        this.runs = runs;
        this.instances = instances;
    }

    /** The run, or a problem that names the id. Only of this owner, if there is one given. */
    Uni<Run> run(String id, @Nullable String owner) {
        return first(id, owner).map(look -> look.run().orElseThrow(() -> unknown(id)));
    }

    /** As {@link #at}; fails with a problem that names the id if there is nothing. */
    Uni<RunLook> first(String id, @Nullable String owner) {
        return at(id, RunLook.NOTHING, owner).invoke(look -> {
            if (look.isNothing()) {
                throw unknown(id);
            }
        });
    }

    /** Reads what has changed since the last look. What is not of this owner, if one is given, is not there. */
    Uni<RunLook> at(String id, RunLook last, @Nullable String owner) {
        return find(id, last)
                .map(look -> look.ifOf(owner))
                .onFailure(Permanent.class)
                .transform(t -> new IllegalStateException("The document of " + Quoted.of(id) + " cannot be read", t));
    }

    private Uni<RunLook> find(String id, RunLook last) {
        Optional<RunId> job = RunId.read(id).filter(run -> !run.isStep());
        if (job.isPresent()) {
            return run(job.get(), last, Optional.empty());
        }
        Optional<InstanceId> instance = InstanceId.read(id);
        return instance.isEmpty()
                ? Uni.createFrom().item(RunLook.NOTHING)
                : instances.find(instance.get()).flatMap(found -> step(found, last));
    }

    /** The step that began last. */
    private Uni<RunLook> step(Optional<Instance> instance, RunLook last) {
        return instance.map(i -> i.runs().isEmpty()
                        ? Uni.createFrom().item(new RunLook(instance, Optional.empty(), ""))
                        : run(i.runs().getLast(), last, instance))
                .orElse(Uni.createFrom().item(RunLook.NOTHING));
    }

    private Uni<RunLook> run(RunId id, RunLook last, Optional<Instance> instance) {
        boolean known = last.run().filter(run -> run.id().equals(id)).isPresent();
        return runs.findIfChanged(id, known ? last.version() : null).map(look -> switch (look) {
            case Look.Absent a -> new RunLook(instance, Optional.empty(), "");
            case Look.Unchanged u -> new RunLook(instance, last.run(), last.version());
            case Look.Changed(Run run, String version) ->
                new RunLook(instance, Optional.of(run).filter(r -> !r.isDeleted()), version);
        });
    }

    private static ProblemException unknown(String id) {
        return new ProblemException(
                ProblemType.JOB_NOT_FOUND,
                "There is no job and no orchestration " + Quoted.of(id) + ", or it was deleted");
    }
}
