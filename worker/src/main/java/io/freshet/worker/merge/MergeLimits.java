package io.freshet.worker.merge;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What the service allows a blob to be made of. */
@ConfigMapping(prefix = "freshet.merge")
public interface MergeLimits {

    /** Blocks of one blob. */
    @WithDefault("50000")
    int maxBlocks();

    /** Bytes of one block that the service copies; it allows 4,000 MiB. */
    @WithDefault("1073741824")
    long maxBlockBytes();
}
