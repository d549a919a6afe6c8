package io.freshet.worker.lifecycle;

import io.quarkus.runtime.Application;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * The exit code after SIGTERM: 0 when everything was finished or handed back. The JVM's own is 143, which Kubernetes
 * takes for a failure.
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

    /** Nothing is in work here any more. A process that ends by itself has an exit code of its own. */
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
