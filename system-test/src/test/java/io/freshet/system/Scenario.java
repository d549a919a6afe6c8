package io.freshet.system;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

import java.util.List;

/**
 * A scenario on the Freshet that all share: one gateway, one watcher, two workers of two parts each. Whatever it does
 * to them is repaired after it, and the aftermath is checked.
 */
@TestInstance(TestInstance.Lifecycle.PER_METHOD)
@ExtendWith(Scenario.LogsOnFailure.class)
abstract class Scenario {
    final Freshet freshet = Shared.FRESHET;
    final Storage storage = freshet.storage();
    final Program program = freshet.program();
    final Jobs jobs = freshet.jobs();
    Aftermath aftermath;

    @BeforeEach
    void begin() {
        aftermath = Aftermath.from(freshet);
    }

    @AfterEach
    void nothingIsLeft() {
        freshet.services().forEach(Service::revive);
        aftermath.checkRest();
    }

    /** A job for the program of scenarios; two lines make a part. */
    Job exec(List<String> lines) {
        return jobs.submit(lines, "handler=exec&itemsPerJob=2");
    }

    private static final class Shared {
        private static final Freshet FRESHET = Freshet.named("shared")
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
                List.of("work", "priority", "input", "events", "control")
                        .forEach(q -> scenario.storage.purge(q + "-poison"));
            }
        }
    }
}
