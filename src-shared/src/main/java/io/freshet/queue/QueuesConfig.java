package io.freshet.queue;

import io.freshet.settings.Variable;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.util.Optional;

/** Names of the queues of an installation, as they are in storage: with the prefix. */
@ConfigMapping(prefix = "freshet.queues")
public interface QueuesConfig {

    @Variable(value = "QUEUEPREFIX", description = """
            Prefix of all queue names, so that several installations can share an account""")
    Optional<String> prefix();

    @Variable(value = "WORKQUEUE", after = "QUEUEPREFIX", description = """
            Queue of messages that wake workers for parts of jobs""")
    @QueueName
    @WithDefault("work")
    String work();

    @Variable(value = "PRIORITYQUEUE", after = "QUEUEPREFIX", description = """
            Queue that workers read in turn with `WORKQUEUE`: the first parts of each job, and merges, so that a
            small job does not wait behind a large one""")
    @QueueName
    @WithDefault("priority")
    String priority();

    @Variable(value = "INPUTQUEUE", after = "QUEUEPREFIX", description = """
            Queue of items of orchestrations, in the message format that workers of durable-func-aks-keda read""")
    @QueueName
    @WithDefault("input")
    String input();

    @Variable(value = "EVENTSQUEUE", after = "QUEUEPREFIX", description = """
            Queue that Event Grid delivers `BlobCreated` events to""")
    @QueueName
    @WithDefault("events")
    String events();

    @Variable(value = "CONTROLQUEUE", after = "QUEUEPREFIX", description = """
            Queue of messages from the gateway and the workers to the watcher""")
    @QueueName
    @WithDefault("control")
    String control();
}
