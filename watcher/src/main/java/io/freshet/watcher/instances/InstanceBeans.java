package io.freshet.watcher.instances;

import io.freshet.coordination.InstanceReconciler;
import io.freshet.coordination.Progression;
import io.freshet.coordination.StepRuns;
import io.freshet.orchestration.Orchestrations;
import io.freshet.run.RunIds;
import io.freshet.storage.InstanceStore;
import io.freshet.storage.RaisedEvents;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;

/** What looks after instances. */
final class InstanceBeans {

    @Produces
    @Singleton
    InstanceReconciler reconciler(
            InstanceStore store, RaisedEvents events, Orchestrations orchestrations, StepRuns runs, Clock clock) {
        RunIds ids = new RunIds(clock, bound -> ThreadLocalRandom.current().nextInt(bound));
        return new InstanceReconciler(
                store, events, orchestrations, new Progression(clock, ids::nextStep), runs, clock);
    }
}
