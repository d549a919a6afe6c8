package io.freshet.queue;

import io.freshet.settings.Variable;

import java.util.OptionalInt;

/** For the mappings of workers, and of those who reckon how many workers a queue needs. */
public interface ConcurrencySetting {

    /** Items that a worker works on at once. */
    @Variable(value = "WORKER_CONCURRENCY", max = "1024", says = """
            Parts that a worker computes at once; without it, the number of cores that the pod's CPU limit lets it use. Each
            takes some 16 MiB of buffers. The watcher tells KEDA how many workers that makes, and reckons with 1 without it:
            set both alike""")
    OptionalInt concurrency();
}
