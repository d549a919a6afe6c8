package io.freshet.watcher.backlog;

import io.freshet.items.BlobLayout;
import io.freshet.items.Layouts;
import io.freshet.items.PartLayout;
import io.freshet.storage.BlobStore;
import io.freshet.storage.RunStore;
import io.freshet.testing.InMemoryBlobStore;
import io.freshet.testing.MemoryOpenBlobs;

import java.time.Clock;
import java.util.function.LongSupplier;

/** For tests of those who feed a backlog, or ask it. */
public final class BacklogLab {
    private BacklogLab() {}

    public static Backlog backlog(RunStore store) {
        return new Backlog(
                store, layouts(new InMemoryBlobStore(Clock.systemUTC())), Clock.systemUTC(), System::nanoTime);
    }

    /** @param nanos a monotonic clock */
    public static Backlog backlog(BlobStore blobs, Clock clock, LongSupplier nanos) {
        return new Backlog(new RunStore(blobs), layouts(blobs), clock, nanos);
    }

    private static Layouts layouts(BlobStore blobs) {
        return new Layouts(
                new PartLayout(blobs, "jobs"), new BlobLayout(blobs, blobs, blobs, new MemoryOpenBlobs(), "output"));
    }
}
