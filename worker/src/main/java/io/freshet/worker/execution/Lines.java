package io.freshet.worker.execution;

import org.jspecify.annotations.Nullable;

/** The lines of a part, read as they arrive. {@link #next} waits for storage; memory stays bounded. */
public interface Lines {

    /**
     * The next line that is not blank (nothing, or only spaces, tabs and carriage returns), or null after the last. The same object is used again for every line: what is
     * to be kept beyond the next call must be copied.
     */
    @Nullable
    Line next() throws InterruptedException;
}
