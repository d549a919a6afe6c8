package io.freshet.worker.execution;

import org.jspecify.annotations.Nullable;

/** The lines of a part, read as they arrive. {@link #next} waits for storage; memory stays bounded. */
public interface Lines {

    /**
     * The next line that is not blank (empty, or only spaces, tabs and carriage returns), or null after the last. The
     * same object is reused for every line: copy what is needed beyond the next call.
     */
    @Nullable
    Line next() throws InterruptedException;
}
