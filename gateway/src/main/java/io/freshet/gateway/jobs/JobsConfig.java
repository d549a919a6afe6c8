package io.freshet.gateway.jobs;

import io.freshet.items.LineSetting;
import io.freshet.settings.Text;
import io.freshet.settings.Variable;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.TrimmedStringConverter;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Defaults and limits of jobs. */
@ConfigMapping(prefix = "freshet.jobs")
public interface JobsConfig extends LineSetting {

    @Variable(value = "ITEMSPERJOB", description = """
            Lines per part. Smaller parts spread the work better but cost more storage requests""")
    @WithDefault("100000")
    int itemsPerJob();

    @Variable(value = "MAXPARALLELISM", description = """
            Concurrent parts of one job that KEDA starts workers for in the cluster; idle workers may take more. A
            job's `parallelism` shows the number of parts in flight, or this limit while there are none""")
    @WithDefault("2")
    int maxParallelism();

    @Variable(value = "DEFAULTHANDLER", description = "Handler of a job that names none")
    @Text(
            pattern = "[A-Za-z0-9][A-Za-z0-9._-]{0,62}",
            wanted = "the name of a computation: letters, digits, '.', '_' and '-', 63 at most")
    @WithDefault("calculator")
    String handler();

    @Variable(value = "HANDLERS", description = """
            Handlers that the workers have, comma-separated, including `DEFAULTHANDLER`; a job that names another
            one is refused. Default: any name is accepted, and a job fails when no worker has its handler""")
    @Text(
            pattern = "[A-Za-z0-9][A-Za-z0-9._-]{0,62}(\\s*,\\s*[A-Za-z0-9][A-Za-z0-9._-]{0,62})*",
            wanted = "names of computations with commas between them, each of letters, digits, '.', '_' and '-'")
    Optional<List<@WithConverter(TrimmedStringConverter.class) String>> handlers();

    @Variable(value = "MAXPARTS", max = "10000000", description = """
            Maximum number of parts of a job; more are refused with 413 before any is written. Each part costs about
            ten storage requests""")
    @WithDefault("50000")
    int maxParts();

    @Variable(value = "MAXINPUTBYTES", description = """
            Maximum size of an input, uncompressed, such as `64M` (powers of 1024); a larger one is refused with
            413. It must be uploaded within `ABANDONEDAFTER`""")
    @WithDefault("100G")
    MemorySize maxInputBytes();

    /** How long a client is watched before its upload can be too slow, which is 1 KiB a second on average. */
    @WithDefault("PT30S")
    Duration uploadWindow();

    @Variable(value = "UPLOADMEMORY", min = "1M", description = """
            Memory for the buffers of all concurrent uploads, such as `64M`. Default: a quarter of the heap. Less
            makes uploads slower; when there are more uploads than one per 4 KiB, further ones get 503. A client
            that sends less than 1 KiB/s for 30 seconds gets 408""")
    Optional<MemorySize> uploadMemory();
}
