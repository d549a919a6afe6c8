package io.freshet.worker.merge;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Limits of a blob. */
@ConfigMapping(prefix = "freshet.merge")
public interface MergeLimits {

    /** Maximum number of blocks in a blob. */
    @WithDefault("50000")
    int maxBlocks();

    /** Maximum bytes of a block copied by the service, which allows 4,000 MiB. */
    @WithDefault("1073741824")
    long maxBlockBytes();

    /** Outputs of at least this size are copied by the service; smaller ones are read and gathered into blocks. */
    @WithDefault("1048576")
    long copyFromBytes();
}
