package io.freshet.worker.lifecycle;

import io.quarkus.runtime.Application;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * The exit code after SIGTERM: 0 if everything was finished or handed back and others will do the rest. The JVM's own
 * code is 143, which Kubernetes treats as a failure: that is right for a draining worker that leaves work, because it
 * has to be replaced.
 */
@Singleton
final class ExitCode {
    private volatile boolean clean;

    void onStart(@Observes StartupEvent event) {
        if (LaunchMode.current() == LaunchMode.NORMAL) {
            Application application = Application.currentApplication();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(application), "exit-code"));
        }
    }

    /**
     * Nothing is in progress any more, and no replacement is needed. A process that ends by itself keeps its own exit
     * code.
     */
    void atRest(ShutdownEvent event) {
        clean = !event.isStandardShutdown();
    }

    private void end(Application application) {
        application.awaitShutdown();
        if (clean) {
            Runtime.getRuntime().halt(0);
        }
    }
}
