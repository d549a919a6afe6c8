package io.freshet.harness.storage;

import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;

/** How much of this machine's memory the emulator may fill with blobs. */
final class EmulatorMemory {
    private static final long MOST_MIB = 8_192;
    private static final long MIB = 1 << 20;

    private EmulatorMemory() {}

    static long mebibytes() {
        OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        long total = ((com.sun.management.OperatingSystemMXBean) system).getTotalMemorySize();
        return Math.min(MOST_MIB, total / MIB / 2);
    }
}
