package io.freshet.queue;

import io.freshet.settings.Variable;

import java.util.OptionalInt;

/** Mixed into the settings of workers, and of whatever calculates how many workers are needed. */
public interface ConcurrencySetting {

    /** Concurrent items per worker. */
    @Variable(value = "WORKER_CONCURRENCY", max = "1024", description = """
            Concurrent parts per worker. Default: the number of cores that the CPU limit of the pod allows. Each
            part takes about 16 MiB of buffers. Set it for the watcher, too, which tells KEDA how many workers are
            needed and assumes 1 by default""")
    OptionalInt concurrency();
}
