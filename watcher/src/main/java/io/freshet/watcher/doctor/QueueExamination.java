package io.freshet.watcher.doctor;

import io.freshet.message.ControlMessage;
import io.freshet.message.Wire;
import io.freshet.message.WorkMessage.MergeResults;
import io.freshet.queue.QueueTrial;
import io.freshet.run.RunId;
import io.freshet.storage.BlobStore;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

import java.time.Duration;

/** Whether messages of ours get through, and how many wait. */
@Singleton
final class QueueExamination implements Examination {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** Workers drop it, too, if one is so quick: there is no such run. */
    private static final Duration NO_TIME = Duration.ofSeconds(1);

    private static final RunId NOBODY = RunId.parse("2000-01-0");

    private final QueueTrial queues;
    private final BlobStore runs;
    private final String work;
    private final String priority;
    private final String input;
    private final String control;
    private final String events;

    QueueExamination(
            QueueTrial queues,
            BlobStore runs,
            @ConfigProperty(name = "freshet.queues.work") String work,
            @ConfigProperty(name = "freshet.queues.priority") String priority,
            @ConfigProperty(name = "freshet.queues.input") String input,
            @ConfigProperty(name = "freshet.queues.control") String control,
            @ConfigProperty(name = "freshet.queues.events") String events) {
        this.queues = queues;
        this.runs = runs;
        this.work = work;
        this.priority = priority;
        this.input = input;
        this.control = control;
        this.events = events;
    }

    @Override
    public String subject() {
        return "queues";
    }

    @Override
    public Multi<Finding> findings() {
        return Multi.createBy()
                .concatenating()
                .streams(
                        finding(work, depth(work).call(() -> sent(work))).toMulti(),
                        finding(priority, depth(priority).call(() -> sent(priority)))
                                .toMulti(),
                        finding(input, depth(input)).toMulti(),
                        finding(events, depth(events)).toMulti(),
                        finding(control, roundTrip()).toMulti());
    }

    private static Uni<Finding> finding(String queue, Uni<Finding> trial) {
        return trial.onFailure().recoverWithItem(failure -> Remedies.of(subject(queue), failure));
    }

    private static String subject(String queue) {
        return "queue " + queue;
    }

    private Uni<Void> sent(String queue) {
        return queues.send(queue, Wire.write(new MergeResults(NOBODY, 1)), NO_TIME);
    }

    private Uni<Finding> depth(String queue) {
        return queues.depth(queue)
                .map(messages -> Finding.ok(subject(queue), messages == 1 ? "1 message" : messages + " messages"));
    }

    private Uni<Finding> roundTrip() {
        String probe = Probes.name();
        return Probes.put(runs, probe)
                .chain(() -> queues.send(control, Wire.write(new ControlMessage.Probe(probe)), PATIENCE))
                .chain(() -> Probes.goes(runs, probe, PATIENCE))
                .map(arrived -> arrived
                        ? Finding.ok(subject(control), "a message was sent and received")
                        : Finding.wrong(
                                subject(control),
                                "a message was sent and not received within " + PATIENCE.toSeconds() + " s",
                                "Look whether another program reads this queue, and give the watcher's identity the role"
                                        + " Storage Queue Data Contributor on it"));
    }
}
