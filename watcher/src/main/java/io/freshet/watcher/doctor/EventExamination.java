package io.freshet.watcher.doctor;

import io.freshet.message.EventSetting;
import io.freshet.storage.BlobStore;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

import java.time.Duration;

/** Checks end to end whether Event Grid reports a blob, from the subscription's filter to the receiver of the event. */
@Singleton
final class EventExamination implements Examination {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final BlobStore outputs;
    private final String container;
    private final boolean direct;

    EventExamination(
            @Identifier("outputs") BlobStore outputs,
            @ConfigProperty(name = "freshet.storage.output-container") String container,
            DoctorConfig config) {
        this.outputs = outputs;
        this.container = container;
        this.direct = config.events() == EventSetting.Reporter.DIRECT;
    }

    @Override
    public String subject() {
        return "container " + container;
    }

    @Override
    public Multi<Finding> findings() {
        String probe = Probes.name();
        Multi<Finding> event = direct
                ? removed(probe)
                : Multi.createBy()
                        .concatenating()
                        .streams(
                                Multi.createFrom()
                                        .item(Finding.waiting(
                                                "events",
                                                "for the event of a blob, at most " + PATIENCE.toSeconds() + " s")),
                                awaited(probe).toMulti());
        return outputs.ensureContainer()
                .chain(() -> Probes.put(outputs, probe))
                .replaceWith(Finding.ok(subject(), "a blob was written"))
                .toMulti()
                .onCompletion()
                .switchTo(event);
    }

    private Multi<Finding> removed(String probe) {
        return Probes.remove(outputs, probe)
                .replaceWith(
                        Finding.skipped("events", "workers report their outputs themselves (FRESHET_EVENTS=direct)"))
                .toMulti();
    }

    private Uni<Finding> awaited(String probe) {
        return Probes.goes(outputs, probe, PATIENCE)
                .map(arrived -> arrived
                        ? Finding.ok("events", "Event Grid reported a blob")
                        : Finding.wrong(
                                "events",
                                "Event Grid did not report a blob within " + PATIENCE.toSeconds() + " s",
                                "Check the subscription (its endpoint, its filter, the role of its identity on the queue)"
                                        + " and the container of dead letters; without Event Grid, set"
                                        + " FRESHET_EVENTS=direct for all services"));
    }
}
