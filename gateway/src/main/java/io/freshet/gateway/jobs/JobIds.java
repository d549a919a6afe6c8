package io.freshet.gateway.jobs;

import io.freshet.run.RunIds;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;

/** Where the ids of new jobs come from. */
final class JobIds {

    @Produces
    @Singleton
    RunIds ids(Clock clock) {
        return new RunIds(clock, bound -> ThreadLocalRandom.current().nextInt(bound));
    }
}
