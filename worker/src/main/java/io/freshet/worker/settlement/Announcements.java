package io.freshet.worker.settlement;

import io.freshet.message.BlobCreated;
import io.freshet.message.ControlMessage;
import io.freshet.message.Wire;
import io.freshet.run.Part;
import io.freshet.run.RunId;
import io.freshet.storage.OutputType;
import io.freshet.storage.RunFiles;
import io.freshet.telemetry.RunLog;
import io.freshet.worker.claim.WorkerConfig;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Channel;

import java.time.Clock;
import java.util.UUID;

/**
 * Tells the watcher. A message that does not get through delays a run, it loses nothing: the watcher looks into storage
 * from time to time.
 */
@Singleton
public final class Announcements {
    private static final RunLog LOG = RunLog.of(Announcements.class);

    private final MutinyEmitter<String> control;
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
        this.control = control;
        this.events = events;
        this.clock = clock;
        this.container = container;
        this.direct = config.events() == WorkerConfig.Events.DIRECT;
    }

    Uni<Void> outputCommitted(RunId run, Part part, OutputType type) {
        return created(RunFiles.output(run, part.number()), type.contentType());
    }

    /** The merged results of a run are there. */
    public Uni<Void> resultsCommitted(RunId run) {
        return created(RunFiles.results(run), "application/x-ndjson");
    }

    Uni<Void> partFailed(RunId run, Part part, String reason) {
        return tell(new ControlMessage.ItemFailed(run, part.item(), reason));
    }

    /** Something about the run wants the watcher's attention. */
    public Uni<Void> runChanged(RunId run) {
        return tell(new ControlMessage.RunChanged(run));
    }

    private Uni<Void> tell(ControlMessage message) {
        return control.send(Wire.write(message))
                .onFailure()
                .invoke(t -> LOG.warn(
                        message.run(), "The watcher was not told of run %s: %s", message.run(), t.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    /** Sends what still waits for more to come. */
    public void flush() {
        events.send();
    }

    private Uni<Void> created(String blob, String contentType) {
        if (direct) {
            events.add(new BlobCreated(
                    UUID.randomUUID().toString(), container, blob, contentType, 0, "PutBlob", clock.instant()));
        }
        return Uni.createFrom().voidItem();
    }
}
