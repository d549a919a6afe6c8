package io.freshet.worker.settlement;

import io.freshet.event.BlobCreated;
import io.freshet.items.ItemLayout;
import io.freshet.message.EventSetting;
import io.freshet.queue.WatcherNotifier;
import io.freshet.run.ItemOutcome.Tally;
import io.freshet.run.RunId;
import io.freshet.storage.RunFiles;
import io.freshet.worker.WorkerConfig;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Channel;

import java.time.Clock;
import java.util.UUID;

/**
 * Notifies the watcher. A lost message delays a run but loses nothing: the watcher checks storage from time to time.
 */
@Singleton
public final class Announcements {
    private final WatcherNotifier watcher;
    private final BlobEvents events;
    private final Clock clock;
    private final String container;
    private final boolean direct;

    Announcements(
            @Channel("control") MutinyEmitter<String> control,
            BlobEvents events,
            Clock clock,
            @ConfigProperty(name = "freshet.storage.container") String container,
            WorkerConfig config) {
        this.watcher = new WatcherNotifier(control::send);
        this.events = events;
        this.clock = clock;
        this.container = container;
        this.direct = config.events() == EventSetting.Reporter.DIRECT;
    }

    /** An item's output was committed. */
    Uni<Void> outputCommitted(ItemLayout layout, String output, Tally tally) {
        return created(layout.container(), output, layout.contentType(tally));
    }

    /** The merged results of a run were committed. */
    public Uni<Void> resultsCommitted(RunId run) {
        return created(container, RunFiles.results(run), "application/x-ndjson");
    }

    Uni<Void> itemFailed(RunId run, int item, String reason) {
        return watcher.itemFailed(run, item, reason);
    }

    /** The run needs the watcher's attention. */
    public Uni<Void> runChanged(RunId run) {
        return watcher.runChanged(run);
    }

    /** Sends events that are still waiting to be batched. */
    public void flush() {
        events.send();
    }

    private Uni<Void> created(String where, String blob, String contentType) {
        if (direct) {
            events.add(new BlobCreated(
                    UUID.randomUUID().toString(), where, blob, contentType, 0, "PutBlob", clock.instant()));
        }
        return Uni.createFrom().voidItem();
    }
}
