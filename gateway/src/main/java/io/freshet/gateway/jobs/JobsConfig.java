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

/** What holds for jobs that do not say otherwise. */
@ConfigMapping(prefix = "freshet.jobs")
public interface JobsConfig extends LineSetting {

    @Variable(value = "ITEMSPERJOB", says = "Lines of a part. Smaller parts spread better and cost more requests")
    @WithDefault("100000")
    int itemsPerJob();

    @Variable(value = "MAXPARALLELISM", says = """
            Parts of a job at once that KEDA starts workers for in the cluster; workers that are there may take more. A
            job's `parallelism` is what is in work, and this before anything is""")
    @WithDefault("2")
    int maxParallelism();

    @Variable(value = "DEFAULTHANDLER", says = "Computation of a job that names none")
    @Text(
            pattern = "[A-Za-z0-9][A-Za-z0-9._-]{0,62}",
            wanted = "the name of a computation: letters, digits, '.', '_' and '-', 63 at most")
    @WithDefault("calculator")
    String handler();

    @Variable(value = "HANDLERS", says = """
            Computations that the workers have, comma-separated, `DEFAULTHANDLER` among them: a job that names another is
            refused. Without it, it is taken and fails later""")
    @Text(
            pattern = "[A-Za-z0-9][A-Za-z0-9._-]{0,62}(\\s*,\\s*[A-Za-z0-9][A-Za-z0-9._-]{0,62})*",
            wanted = "names of computations with commas between them, each of letters, digits, '.', '_' and '-'")
    Optional<List<@WithConverter(TrimmedStringConverter.class) String>> handlers();

    @Variable(value = "MAXPARTS", max = "10000000", says = """
            Most parts of a job; more are refused with 413 before one is written. Each costs some ten requests to
            storage""")
    @WithDefault("50000")
    int maxParts();

    @Variable(value = "MAXINPUTBYTES", says = """
            Longest input in bytes, unpacked, such as `64M` (in powers of 1024); a longer one is refused with 413. It has to
            be uploaded within `ABANDONEDAFTER`""")
    @WithDefault("100G")
    MemorySize maxInputBytes();

    /** How long a client is watched before its upload can be too slow, which is 1 KiB a second on average. */
    @WithDefault("PT30S")
    Duration uploadWindow();

    @Variable(value = "UPLOADMEMORY", min = "1M", says = """
            Buffers that all uploads at a time share, such as `64M`; a quarter of the heap without it. With too little,
            uploads are slower, and more than one for each 4 KiB get 503. A client that sends less than 1 KiB a second for
            30 seconds gets 408""")
    Optional<MemorySize> uploadMemory();
}
