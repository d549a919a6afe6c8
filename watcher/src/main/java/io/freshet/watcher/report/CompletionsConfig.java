package io.freshet.watcher.report;

import io.freshet.settings.Variable;
import io.smallrye.config.ConfigMapping;

import java.net.URI;
import java.util.Optional;

/** Where completion events go. Read by the channel {@code completions}. */
@ConfigMapping(prefix = "freshet.completions")
public interface CompletionsConfig {

    @Variable(value = "EVENTGRIDENDPOINT", description = """
            Endpoint of the topic for completion events (`Freshet.Job.Completed` and siblings). Default: no events
            are published""")
    Optional<URI> endpoint();

    @Variable(value = "EVENTGRIDSASKEY", secret = true, description = """
            Access key of that topic. Without it: workload identity""")
    Optional<String> accessKey();
}
