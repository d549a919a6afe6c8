package io.freshet.watcher.eventgrid;

import io.freshet.settings.Variable;
import io.smallrye.config.ConfigMapping;

import java.util.List;
import java.util.Optional;

/** Settings of the webhook. */
@ConfigMapping(prefix = "freshet.eventgrid")
public interface EventGridConfig {

    @Variable(value = "EVENTGRIDSECRET", secret = true, description = """
            Secret that Event Grid's deliveries to `/eventgrid` must present: in the header `X-Freshet-Secret`, as
            `Authorization: Bearer`, or as `code` in the query. Several, comma-separated, allow rotation. Default:
            the webhook is off""")
    Optional<List<String>> secret();
}
