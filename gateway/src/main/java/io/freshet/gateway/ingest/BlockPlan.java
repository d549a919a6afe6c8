package io.freshet.gateway.ingest;

/**
 * Sizes of the blocks of a blob: small ones first, doubled after every {@code blocksPerSize}, so that small inputs need
 * little memory and large ones still fit into the number of blocks that a blob may have.
 *
 * @param firstBytes size of the first blocks
 * @param blocksPerSize blocks of one size
 * @param maxBlocks blocks of a blob at most
 */
record BlockPlan(int firstBytes, int blocksPerSize, int maxBlocks) {
    /** Blocks of 4, 8, 16 and 32 MiB: up to 732 GiB in 50,000 blocks. */
    static final BlockPlan STANDARD = new BlockPlan(4 << 20, 12_500, 50_000);

    /** @param block 0-based */
    int bytesOf(int block) {
        return firstBytes << (block / blocksPerSize);
    }

    /** What fits into a blob. */
    long capacity() {
        long capacity = 0;
        for (int from = 0; from < maxBlocks; from += blocksPerSize) {
            capacity += (long) bytesOf(from) * Math.min(blocksPerSize, maxBlocks - from);
        }
        return capacity;
    }
}
