package io.freshet.worker.lifecycle;

import io.quarkus.runtime.Application;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * The exit code after SIGTERM: 0 when everything was finished or handed back, and others will do what is left. The JVM's
 * own is 143, which Kubernetes takes for a failure: a draining worker that leaves work wants to be replaced.
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

    /** Nothing is in work here any more, and nobody has to come in its place. A process that ends by itself has an exit code of its own. */
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
