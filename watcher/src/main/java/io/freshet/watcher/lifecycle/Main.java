package io.freshet.watcher.lifecycle;

import io.freshet.watcher.doctor.Doctor;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** The watcher, or with the argument {@code doctor} a look at whether the installation is well. */
@QuarkusMain
public final class Main {
    private Main() {}

    public static void main(String... arguments) {
        if (Doctor.isAsked(arguments)) {
            // it runs beside a watcher, too, and its findings are all that stands in its output
            System.setProperty("quarkus.http.host-enabled", "false");
            System.setProperty("freshet.management.port", "");
            System.setProperty("quarkus.log.console.stderr", "true");
            System.setProperty("quarkus.log.level", "WARN");
        }
        Quarkus.run(arguments);
    }
}
