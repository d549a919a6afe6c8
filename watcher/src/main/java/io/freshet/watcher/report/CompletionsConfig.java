package io.freshet.watcher.report;

import io.freshet.settings.Variable;
import io.smallrye.config.ConfigMapping;

import java.net.URI;
import java.util.Optional;

/** Where ends of runs are told. Read by the channel {@code completions}. */
@ConfigMapping(prefix = "freshet.completions")
public interface CompletionsConfig {

    @Variable(value = "EVENTGRIDENDPOINT", says = """
            Topic that completion events (`Freshet.Job.Completed` and siblings) go to; none without it""")
    Optional<URI> endpoint();

    @Variable(value = "EVENTGRIDSASKEY", secret = true, says = "Access key of the topic. Without it: workload identity")
    Optional<String> accessKey();
}
