package io.freshet.worker.merge;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What a blob is made of. */
@ConfigMapping(prefix = "freshet.merge")
public interface MergeLimits {

    /** Blocks of one blob. */
    @WithDefault("50000")
    int maxBlocks();

    /** Bytes of one block that the service copies; it allows 4,000 MiB. */
    @WithDefault("1073741824")
    long maxBlockBytes();

    /** Outputs from so many bytes on are copied by the service; smaller ones are read and gathered into blocks. */
    @WithDefault("1048576")
    long copyFromBytes();
}
