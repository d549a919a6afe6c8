package io.freshet.gateway.jobs;

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
public interface JobsConfig {

    /** {@code ITEMSPERJOB}: lines of a part. Smaller parts spread better and cost more requests. */
    @WithDefault("100000")
    int itemsPerJob();

    /** {@code MAXPARALLELISM}: parts at once in the cluster. */
    @WithDefault("2")
    int maxParallelism();

    /** {@code DEFAULTHANDLER}: the computation of a job that names none. */
    @WithDefault("calculator")
    String handler();

    /** {@code HANDLERS}: the computations that the workers have; any name is taken without it. */
    Optional<List<@WithConverter(TrimmedStringConverter.class) String>> handlers();

    /** {@code MAXLINEBYTES}: the longest line that is accepted. */
    @WithDefault("16777216")
    int maxLineBytes();

    /** {@code MAXPARTS}: the most parts of a job. Each costs some ten requests to storage, whatever becomes of the job. */
    @WithDefault("50000")
    int maxParts();

    /** {@code MAXINPUTBYTES}: the longest input, in bytes, unpacked. It has to be uploaded within ABANDONEDAFTER. */
    @WithDefault("100G")
    MemorySize maxInputBytes();

    /** How long a client is watched before its upload can be too slow, which is 1 KiB a second on average. */
    @WithDefault("PT30S")
    Duration uploadWindow();

    /**
     * {@code UPLOADMEMORY}: bytes of buffers that all uploads at a time share, a quarter of the heap without it. With
     * less, uploads wait for storage and for each other; requests beyond one for each 4 KiB are answered 503.
     */
    Optional<MemorySize> uploadMemory();
}
