package io.freshet.harness.command;

import io.freshet.harness.process.Foreground;
import io.freshet.harness.service.Installation;
import io.freshet.harness.service.JvmOptions;
import io.freshet.harness.service.Packaging;

import java.util.List;
import java.util.Map;

/** Makes the AOT caches: a job and an orchestration are recorded, and what they needed of each service becomes its cache. */
final class Train {
    private Train() {}

    static void run(Context context) {
        // one worker, because all of them would write the same recording
        Demo.run(context.with(context.settings().with(Map.of("WORKERS", "1"))), Packaging.RECORDING);
        // recordings are written when the services end
        context.end();
        Installation assembling = new Installation(context.root(), module -> Packaging.ASSEMBLING, JvmOptions.PRODUCT);
        for (String module : List.of("gateway", "watcher", "worker")) {
            context.screen().line("Making the AOT cache of the " + module + " ...");
            Installation.Executable executable = assembling.executable(module);
            Foreground.output(executable.command(), executable.directory(), "The AOT cache of the " + module);
        }
    }
}
