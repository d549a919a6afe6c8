package io.freshet.gateway.jobs;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
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

    /** {@code MAXLINEBYTES}: the longest line that is accepted. */
    @WithDefault("16777216")
    int maxLineBytes();

    /**
     * {@code MAXUPLOADMEMORY}: what all uploads together may hold in memory; a quarter of the heap without it. One
     * upload holds its own size, 20 MiB at most; more uploads than fit are refused with 503 and {@code Retry-After}.
     */
    Optional<MemorySize> maxUploadMemory();

    /** {@code INPUTHOSTS}: hosts that inputs by reference may be on, beside the storage account's own. */
    Optional<List<String>> inputHosts();
}
