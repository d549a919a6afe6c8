package io.freshet.gateway.ingest;

/**
 * How a blob is staged. Blocks start small and double in size after every {@code blocksPerSize}, so that small inputs need
 * little memory and large ones still fit into the number of blocks that a blob may have.
 *
 * @param firstBytes size of the first blocks
 * @param blocksPerSize number of blocks of each size
 * @param maxBlocks most blocks of a blob
 * @param parallelism most blocks in flight at once; an upload needs memory for one more
 */
record BlockPlan(int firstBytes, int blocksPerSize, int maxBlocks, int parallelism) {
    /** Blocks of 4, 8, 16 and 32 MiB: up to 732 GiB in 50,000 blocks. */
    static final BlockPlan STANDARD = new BlockPlan(4 << 20, 12_500, 50_000, 4);

    BlockPlan {
        if (parallelism < 1) {
            throw new IllegalArgumentException("An upload needs a parallelism of at least 1, not " + parallelism);
        }
    }

    /** @param block 0-based */
    int bytesOf(int block) {
        return firstBytes << (block / blocksPerSize);
    }

    /** The most bytes that fit into a blob. */
    long capacity() {
        long capacity = 0;
        for (int from = 0; from < maxBlocks; from += blocksPerSize) {
            capacity += (long) bytesOf(from) * Math.min(blocksPerSize, maxBlocks - from);
        }
        return capacity;
    }
}
