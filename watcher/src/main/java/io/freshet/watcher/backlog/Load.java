package io.freshet.watcher.backlog;

import io.freshet.job.JobStatus;
import io.freshet.run.Run;

/**
 * What a run has still to do.
 *
 * @param state as clients know it
 * @param open items that are neither done nor failed, those in flight included
 */
public record Load(String state, int open, int done, int failed) {
    static Load of(Run run) {
        return new Load(
                JobStatus.of(run.state()).name(),
                run.remaining(),
                run.progress().done().size(),
                run.progress().failed().size());
    }
}
