package io.freshet.watcher.doctor;

import io.freshet.message.ControlMessage;
import io.freshet.message.MessageCodec;
import io.freshet.message.WorkMessage.MergeResults;
import io.freshet.queue.QueueTrial;
import io.freshet.queue.QueuesConfig;
import io.freshet.run.RunId;
import io.freshet.storage.BlobStore;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

import java.time.Duration;

/** Checks whether messages get through, and how many are waiting. */
@Singleton
final class QueueExamination implements Examination {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** A worker that is quick enough drops it: there is no such run. */
    private static final Duration NO_TIME = Duration.ofSeconds(1);

    private static final RunId NOBODY = RunId.parse("2000-01-0");

    private final QueueTrial queues;
    private final BlobStore runs;
    private final QueuesConfig names;

    QueueExamination(QueueTrial queues, BlobStore runs, QueuesConfig names) {
        this.queues = queues;
        this.runs = runs;
        this.names = names;
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
                        finding(names.work(), depth(names.work()).call(() -> sent(names.work())))
                                .toMulti(),
                        finding(names.priority(), depth(names.priority()).call(() -> sent(names.priority())))
                                .toMulti(),
                        finding(names.input(), depth(names.input())).toMulti(),
                        finding(names.events(), depth(names.events())).toMulti(),
                        finding(names.control(), roundTrip()).toMulti());
    }

    private static Uni<Finding> finding(String queue, Uni<Finding> trial) {
        return trial.onFailure().recoverWithItem(failure -> Remedies.of(subject(queue), failure));
    }

    private static String subject(String queue) {
        return "queue " + queue;
    }

    private Uni<Void> sent(String queue) {
        return queues.send(queue, MessageCodec.write(new MergeResults(NOBODY, 1)), NO_TIME);
    }

    private Uni<Finding> depth(String queue) {
        return queues.depth(queue)
                .map(messages -> Finding.ok(subject(queue), messages == 1 ? "1 message" : messages + " messages"));
    }

    private Uni<Finding> roundTrip() {
        String probe = Probes.name();
        return Probes.put(runs, probe)
                .chain(() ->
                        queues.send(names.control(), MessageCodec.write(new ControlMessage.Probe(probe)), PATIENCE))
                .chain(() -> Probes.goes(runs, probe, PATIENCE))
                .map(arrived -> arrived
                        ? Finding.ok(subject(names.control()), "a message was sent and received")
                        : Finding.wrong(
                                subject(names.control()),
                                "a message was sent but not received within " + PATIENCE.toSeconds() + " s",
                                "Check whether another program reads this queue, and give the watcher's identity the role"
                                        + " Storage Queue Data Contributor on it"));
    }
}
