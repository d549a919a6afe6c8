package io.freshet.system.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.freshet.harness.api.Gateway;
import io.freshet.harness.api.Job;
import io.freshet.harness.calculator.Calculations;
import io.freshet.harness.service.Service;
import io.freshet.message.ControlMessage;
import io.freshet.message.MessageCodec;
import io.freshet.message.WorkMessage;
import io.freshet.run.RunId;
import io.freshet.run.WorkItem.Part;
import io.freshet.system.Scenario;
import io.freshet.system.check.Outcome;
import io.freshet.system.cluster.Events;
import io.freshet.system.cluster.Program;
import io.freshet.system.cluster.Storage;
import io.freshet.testing.Patience;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Messages are wake-ups: too many, too late, wrong or lost ones change nothing in what comes out. */
final class MessagesIT extends Scenario {
    private static final RunId NOBODY = RunId.parse("2026-01-4711");

    @Test
    void duplicateAndReorderedEventsAreCountedOnce() {
        List<String> lines = Program.waitingParts("dup", 3);
        Job job = exec(lines);
        program.awaitBegan("dup-1", 1);
        program.open("dup-1");
        job.awaitSucceeded(1);

        event(storage.containerName(), storage.folder(job) + "results.json");
        for (int i = 0; i < 5; i++) {
            event(storage.containerName(), storage.folder(job) + "output_1.json");
            storage.send(
                    "events", Events.cloudBlobCreated(storage.containerName(), storage.folder(job) + "output_1.json"));
        }
        awaitTaken("events");

        assertThat(job.succeeded()).isEqualTo(1);
        assertThat(job.status()).isEqualTo("Running");
        program.openParts("dup", 3);
        checker.ended(job, Outcome.complete(Program.results(lines), 3));
        storage.send("events", Events.cloudBlobCreated(storage.containerName(), storage.folder(job) + "output_2.json"));
        event(storage.containerName(), storage.folder(job) + "results.json");
        awaitTaken("events");
        checker.ended(job, Outcome.complete(Program.results(lines), 3));
    }

    @Test
    void foreignEventsHaveNoEffect() {
        List<String> lines = Program.waitingParts("foreign", 2);
        Job job = exec(lines);
        program.awaitBegan("foreign-1", 1);

        event("other", storage.folder(job) + "output_1.json");
        for (String blob : List.of(
                storage.folder(job) + "output_99.json",
                storage.folder(job) + "output_0.json",
                storage.folder(job) + "output_1.txt",
                storage.folder(job) + "errors_1.json",
                storage.folder(job) + "input.json",
                NOBODY.blobPrefix() + "/output_1.json",
                NOBODY.blobPrefix() + "/results.json",
                "2026-13/4711/output_1.json",
                "2026-00/4711/results.json",
                "a b/\u00E9.txt")) {
            event(storage.containerName(), blob);
        }
        awaitTaken("events");

        assertThat(job.succeeded()).isZero();
        program.openParts("foreign", 2);
        checker.ended(job, Outcome.complete(Program.results(lines), 2));
    }

    @Test
    void duplicateWorkMessagesGiveOneOutput() {
        List<String> lines = Program.waitingParts("twice", 2);
        Job job = exec(lines);
        program.awaitBegan("twice-1", 1);
        program.awaitBegan("twice-2", 1);
        WorkMessage first = storage.message(Storage.run(job), 1);

        for (int i = 0; i < 5; i++) {
            storage.send("work", MessageCodec.write(first));
        }
        Awaitility.await("the duplicates are dropped").atMost(Patience.LIMIT).until(() -> storage.workDepth() == 2);

        assertThat(program.began("twice-1")).hasSize(1);
        program.openParts("twice", 2);
        checker.ended(job, Outcome.complete(Program.results(lines), 2));
        storage.send("work", MessageCodec.write(first));
        storage.send("work", MessageCodec.write(new WorkMessage.MergeResults(Storage.run(job), 1)));
        awaitTaken("work");
        checker.ended(job, Outcome.complete(Program.results(lines), 2));
    }

    @Test
    void workMessagesForNobodyHaveNoEffect() {
        storage.send("work", MessageCodec.write(new WorkMessage.ComputeItem(NOBODY, new Part(0, 0, 10, 1, 1), 0)));
        storage.send("work", MessageCodec.write(new WorkMessage.MergeResults(NOBODY, 1)));
        storage.send("control", MessageCodec.write(new ControlMessage.RunChanged(NOBODY)));
        storage.send("control", MessageCodec.write(new ControlMessage.ItemFailed(NOBODY, 0, "no reason")));

        awaitTaken("work");
        awaitTaken("control");
        assertThat(storage.names(NOBODY.blobPrefix())).isEmpty();
    }

    @Test
    void aWordOfFailureThatStorageDoesNotKnowOfHasNoEffect() {
        List<String> lines = Program.waitingParts("slander", 2);
        Job job = exec(lines);
        program.awaitBegan("slander-1", 1);

        storage.send(
                "control",
                MessageCodec.write(new ControlMessage.ItemFailed(Storage.run(job), 0, "of an earlier execution")));
        storage.send(
                "control", MessageCodec.write(new ControlMessage.ItemFailed(Storage.run(job), 77, "out of range")));
        storage.send("control", MessageCodec.write(new ControlMessage.RunChanged(Storage.run(job))));
        awaitTaken("control");

        assertThat(job.document().path("failed").asInt()).isZero();
        program.openParts("slander", 2);
        checker.ended(job, Outcome.complete(Program.results(lines), 2));
    }

    @Test
    void whatCannotBeReadEndsInThePoisonQueueWithItsReason() {
        for (String queue : List.of("work", "events", "control")) {
            storage.send(queue, "this is no message");
        }
        storage.send("work", "{\"v\":1,\"kind\":\"dance\",\"run\":\"" + NOBODY + "\"}");
        storage.send("work", "{\"v\":99}");
        storage.send("control", "{\"v\":1,\"kind\":\"changed\",\"run\":\"nobody\"}");

        assertThat(reasons("work", 3))
                .anyMatch(r -> r.contains("Unknown kind of message 'dance'"))
                .anyMatch(r -> r.contains("version 99"));
        assertThat(reasons("control", 2)).anyMatch(r -> r.contains("nobody"));
        assertThat(reasons("events", 1)).allMatch(r -> !r.isBlank());
    }

    @Test
    void lostWorkMessagesOnlyDelayARun() {
        Calculations calculations = new Calculations(20).good(20);
        freshet.workers().forEach(Service::pause);
        Job job = jobs.submit(calculations.file(), "itemsPerJob=1");
        Awaitility.await("the first messages do not wait for those of other jobs, the others do")
                .atMost(Patience.LIMIT)
                .until(() -> storage.depth("priority") == 16 && storage.depth("work") == 4);

        storage.purgeWork();
        freshet.workers().forEach(Service::resume);

        checker.ended(job, Outcome.of(calculations, 20));
    }

    @Test
    void lostEventsOnlyDelayARun() {
        List<String> lines = Program.waitingParts("unheard", 3);
        Job job = exec(lines);
        program.awaitBegan("unheard-1", 1);
        freshet.watcher(1).kill9();
        program.openParts("unheard", 3);
        Awaitility.await("all outputs are there")
                .atMost(Patience.LIMIT)
                .until(() -> storage.hasOutput(job, 1)
                        && storage.hasOutput(job, 2)
                        && storage.hasOutput(job, 3)
                        && storage.workDepth() == 0);

        Awaitility.await("the events are there").atMost(Patience.LIMIT).until(() -> storage.depth("events") > 0);
        freshet.workers().forEach(Service::pause);
        storage.purge("events");
        storage.purge("control");
        freshet.workers().forEach(Service::resume);
        freshet.watcher(1).start();

        checker.ended(job, Outcome.complete(Program.results(lines), 3));
    }

    private List<String> reasons(String queue, int count) {
        List<JsonNode> found = new ArrayList<>();
        Awaitility.await(count + " messages in " + queue + "-poison")
                .atMost(Patience.LIMIT)
                .until(() -> {
                    storage.takeAll(queue + "-poison").forEach(text -> found.add(Gateway.parse(text)));
                    return found.size() == count;
                });
        assertThat(found).allMatch(m -> !m.path("body").asText().isEmpty());
        return found.stream().map(m -> m.path("reason").asText()).toList();
    }

    private void awaitTaken(String queue) {
        Awaitility.await(queue + " is empty").atMost(Patience.LIMIT).until(() -> storage.depth(queue) == 0);
    }

    private void event(String container, String blob) {
        storage.sendBase64("events", Events.blobCreated(container, blob));
    }
}
