package io.freshet.system;

import io.freshet.harness.api.Job;
import io.freshet.harness.api.Jobs;
import io.freshet.harness.service.Service;
import io.freshet.system.check.Checker;
import io.freshet.system.cluster.Program;
import io.freshet.system.cluster.Storage;
import io.freshet.system.cluster.TestedFreshet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

import java.util.List;

/**
 * A scenario on the Freshet that all share: one gateway, one watcher, two workers of two parts each. Whatever it does
 * to them is repaired after it, and all is checked that has to hold.
 */
@TestInstance(TestInstance.Lifecycle.PER_METHOD)
@ExtendWith(Scenario.LogsOnFailure.class)
public abstract class Scenario {
    protected final TestedFreshet freshet = Shared.FRESHET;
    protected final Storage storage = freshet.storage();
    protected final Program program = freshet.program();
    protected final Jobs jobs = freshet.jobs();
    protected Checker checker;

    @BeforeEach
    void begin() {
        checker = Checker.of(freshet);
    }

    @AfterEach
    void nothingIsLeft() {
        freshet.services().forEach(Service::revive);
        checker.atRest();
    }

    /** A job for the program of scenarios; two lines make a part. */
    protected Job exec(List<String> lines) {
        return jobs.submit(lines, "handler=exec&itemsPerJob=2");
    }

    private static final class Shared {
        private static final TestedFreshet FRESHET = TestedFreshet.named("shared")
                .workers(2)
                .with("INPUTCONTAINERS", "elsewhere")
                .start();

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(FRESHET::close));
        }
    }

    /** Tells what the services said when a scenario fails, and clears up so that the next one begins with nothing. */
    static final class LogsOnFailure implements AfterTestExecutionCallback {
        @Override
        public void afterTestExecution(ExtensionContext context) {
            if (context.getExecutionException().isPresent()) {
                Scenario scenario = (Scenario) context.getRequiredTestInstance();
                System.err.println(scenario.freshet.logTails());
                scenario.freshet.services().forEach(Service::revive);
                scenario.jobs.deleteAll();
                Storage.QUEUES.forEach(q -> scenario.storage.purge(q + "-poison"));
            }
        }
    }
}
