package io.freshet.watcher.backlog;

import io.freshet.storage.RunStore;

/** For tests of those who feed a backlog. */
public final class BacklogLab {
    private BacklogLab() {}

    public static Backlog backlog(RunStore store) {
        return new Backlog(store);
    }
}
