package io.freshet.watcher.doctor;

import io.freshet.storage.BlobStore;
import io.freshet.storage.BlobStore.BlobInfo;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Checks whether blobs can be written, read and removed, and compares storage's clock with ours. */
@Singleton
final class BlobExamination implements Examination {
    /** Signatures and tokens are refused if clocks differ by 15 minutes; times in documents come from our clock. */
    private static final Duration TOLERATED = Duration.ofMinutes(1);

    private final BlobStore runs;
    private final BlobStore inputs;
    private final String runsName;
    private final String inputsName;
    private final Clock clock;

    BlobExamination(
            BlobStore runs,
            @Identifier("inputs") BlobStore inputs,
            @ConfigProperty(name = "freshet.storage.container") String runsName,
            @ConfigProperty(name = "freshet.storage.input-container") String inputsName,
            Clock clock) {
        this.runs = runs;
        this.inputs = inputs;
        this.runsName = runsName;
        this.inputsName = inputsName;
        this.clock = clock;
    }

    @Override
    public String subject() {
        return "storage";
    }

    @Override
    public Multi<Finding> findings() {
        return Multi.createBy()
                .concatenating()
                .streams(
                        tried(runs, runsName).onItem().transformToMulti(this::withClock),
                        tried(inputs, inputsName).map(tried -> tried.finding).toMulti());
    }

    private record Tried(Finding finding, Optional<BlobInfo> probe) {}

    private static Uni<Tried> tried(BlobStore store, String container) {
        String subject = "container " + container;
        String probe = Probes.name();
        return store.ensureContainer()
                .chain(() -> Probes.put(store, probe))
                .chain(() -> store.describe(probe))
                .call(() -> Probes.remove(store, probe))
                .map(found -> new Tried(Finding.ok(subject, "a blob was written, read and removed"), found))
                .onFailure()
                .recoverWithItem(failure -> new Tried(Remedies.of(subject, failure), Optional.empty()));
    }

    private Multi<Finding> withClock(Tried tried) {
        return Multi.createFrom()
                .items(
                        tried.finding,
                        tried.probe
                                .map(probe -> clock(Duration.between(probe.lastModified(), clock.instant())))
                                .orElseGet(() -> Finding.skipped("clock", "storage was not reached")));
    }

    private static Finding clock(Duration ahead) {
        String seconds =
                Math.abs(ahead.toSeconds()) + " s " + (ahead.isNegative() ? "behind" : "ahead of") + " storage's";
        return ahead.abs().compareTo(TOLERATED) <= 0
                ? Finding.ok("clock", seconds)
                : Finding.wrong(
                        "clock",
                        seconds,
                        "Synchronize this machine's clock with NTP: storage refuses requests with wrong times");
    }
}
