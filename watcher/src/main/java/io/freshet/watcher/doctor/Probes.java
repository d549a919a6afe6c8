package io.freshet.watcher.doctor;

import io.freshet.storage.BlobStore;
import io.freshet.storage.BlobStore.Attributes;
import io.freshet.storage.BlobStore.Condition;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Small blobs that show whether a message has arrived. Whichever watcher receives it removes the probe, which tells the
 * waiting process.
 */
@Singleton
public final class Probes {
    private static final String FOLDER = ".doctor/";
    private static final Pattern NAME = Pattern.compile("\\.doctor/[0-9a-f-]{36}");
    private static final Attributes TEXT = Attributes.ofType("text/plain");
    private static final Duration INTERVAL = Duration.ofMillis(500);

    private final BlobStore runs;
    private final BlobStore outputs;

    public Probes(BlobStore runs, @Identifier("outputs") BlobStore outputs) {
        this.runs = runs;
        this.outputs = outputs;
    }

    static String name() {
        return FOLDER + UUID.randomUUID();
    }

    public static boolean isProbe(String blob) {
        return NAME.matcher(blob).matches();
    }

    /** A message was received from the control queue. */
    public Uni<Void> messageArrived(String probe) {
        return isProbe(probe) ? remove(runs, probe) : Uni.createFrom().voidItem();
    }

    /** An event was received for a blob in the container of outputs. */
    public Uni<Void> eventArrived(String probe) {
        return remove(outputs, probe);
    }

    static Uni<Void> put(BlobStore store, String probe) {
        return store.put(probe, List.of(), TEXT, Condition.ALWAYS).replaceWithVoid();
    }

    static Uni<Void> remove(BlobStore store, String probe) {
        return store.delete(probe, null).replaceWithVoid();
    }

    /** Whether the probe disappears within this time; removes it if it does not. */
    static Uni<Boolean> goes(BlobStore store, String probe, Duration atMost) {
        return store.describe(probe)
                .map(Optional::isEmpty)
                .repeat()
                .withDelay(INTERVAL)
                .atMost(Math.max(1, atMost.dividedBy(INTERVAL)))
                .filter(gone -> gone)
                .toUni()
                .onItem()
                .ifNull()
                .continueWith(false)
                .call(gone -> gone ? Uni.createFrom().voidItem() : remove(store, probe));
    }
}
