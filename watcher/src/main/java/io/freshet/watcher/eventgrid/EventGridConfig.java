package io.freshet.watcher.eventgrid;

import io.freshet.settings.Variable;
import io.smallrye.config.ConfigMapping;

import java.util.List;
import java.util.Optional;

/** What users set of the webhook. */
@ConfigMapping(prefix = "freshet.eventgrid")
public interface EventGridConfig {

    @Variable(value = "EVENTGRIDSECRET", secret = true, says = """
            What Event Grid's deliveries to `/eventgrid` have to bring, in a header `X-Freshet-Secret`, as `Authorization:
            Bearer`, or as `code` in the query. Several with commas between them, for rotation. Without it there is no
            webhook""")
    Optional<List<String>> secret();
}
