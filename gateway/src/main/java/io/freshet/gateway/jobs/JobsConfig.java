package io.freshet.gateway.jobs;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.TrimmedStringConverter;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;

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

    /**
     * {@code UPLOADMEMORY}: bytes of buffers that all uploads at a time share, a quarter of the heap without it. With
     * less, uploads wait for storage and for each other; requests beyond one for each 64 KiB are answered 503.
     */
    Optional<MemorySize> uploadMemory();

    /** {@code INPUTHOSTS}: hosts that inputs by reference may be on, beside the storage account's own. */
    Optional<List<String>> inputHosts();
}
