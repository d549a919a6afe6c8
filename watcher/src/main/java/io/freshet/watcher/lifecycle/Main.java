package io.freshet.watcher.lifecycle;

import io.freshet.watcher.doctor.Doctor;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Starts the watcher or, with the argument {@code doctor}, an examination of the installation. */
@QuarkusMain
public final class Main {
    private Main() {}

    public static void main(String... arguments) {
        if (Doctor.isAsked(arguments)) {
            // it may run beside a watcher, and prints nothing but its findings
            System.setProperty("quarkus.http.host-enabled", "false");
            System.setProperty("freshet.management.port", "");
            System.setProperty("quarkus.log.console.stderr", "true");
            System.setProperty("quarkus.log.level", "WARN");
        }
        Quarkus.run(arguments);
    }
}
