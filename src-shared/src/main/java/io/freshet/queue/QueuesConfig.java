package io.freshet.queue;

import io.freshet.settings.Variable;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.util.Optional;

/** The queues of an installation, by their names in storage: the prefix is in them. */
@ConfigMapping(prefix = "freshet.queues")
public interface QueuesConfig {

    @Variable(
            value = "QUEUEPREFIX",
            says = "Put before all queue names, so that several installations share an account")
    Optional<String> prefix();

    @Variable(value = "WORKQUEUE", after = "QUEUEPREFIX", says = "Queue that wakes workers for the parts of jobs")
    @QueueName
    @WithDefault("work")
    String work();

    @Variable(value = "PRIORITYQUEUE", after = "QUEUEPREFIX", says = """
            Queue that workers read in turn with it: the first parts of each job, and merges, so that a small job does not
            wait for a large one""")
    @QueueName
    @WithDefault("priority")
    String priority();

    @Variable(value = "INPUTQUEUE", after = "QUEUEPREFIX", says = """
            Queue for items of orchestrations, in the form that workers of durable-func-aks-keda read""")
    @QueueName
    @WithDefault("input")
    String input();

    @Variable(value = "EVENTSQUEUE", after = "QUEUEPREFIX", says = "Queue that Event Grid delivers `BlobCreated` to")
    @QueueName
    @WithDefault("events")
    String events();

    @Variable(
            value = "CONTROLQUEUE",
            after = "QUEUEPREFIX",
            says = "Queue that gateway and workers tell the watcher by")
    @QueueName
    @WithDefault("control")
    String control();
}
