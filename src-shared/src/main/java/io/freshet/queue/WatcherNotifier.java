package io.freshet.queue;

import io.freshet.message.ControlMessage;
import io.freshet.message.MessageCodec;
import io.freshet.run.RunId;
import io.freshet.telemetry.RunLog;
import io.smallrye.mutiny.Uni;

import java.util.function.Function;

/**
 * Asks the watcher to reconcile a run. Never fails: a lost message delays the run until the next pass of the watcher,
 * and loses nothing.
 */
public final class WatcherNotifier {
    private static final RunLog LOG = RunLog.of(WatcherNotifier.class);

    private final Function<String, Uni<Void>> control;

    /** @param control sends a text to the control queue */
    public WatcherNotifier(Function<String, Uni<Void>> control) {
        this.control = control;
    }

    /** The run was released, suspended, resumed, canceled, rerun or deleted, or its results cannot be merged. */
    public Uni<Void> runChanged(RunId run) {
        return tell(run, new ControlMessage.RunChanged(run));
    }

    /**
     * An item has failed for good; its index records why.
     *
     * @param item 0-based
     */
    public Uni<Void> itemFailed(RunId run, int item, String reason) {
        return tell(run, new ControlMessage.ItemFailed(run, item, reason));
    }

    private Uni<Void> tell(RunId run, ControlMessage message) {
        return Uni.createFrom()
                .deferred(() -> control.apply(MessageCodec.write(message)))
                .onFailure()
                .invoke(t -> LOG.warn(run, "Could not notify the watcher of run %s: %s", run, t.getMessage()))
                .onFailure()
                .recoverWithNull();
    }
}
