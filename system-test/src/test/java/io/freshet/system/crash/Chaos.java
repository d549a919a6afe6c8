package io.freshet.system.crash;

import io.freshet.harness.api.Gateway;
import io.freshet.harness.api.Job;
import io.freshet.harness.api.Jobs;
import io.freshet.harness.calculator.Calculations;
import io.freshet.harness.fault.FaultPlan;
import io.freshet.harness.fault.Holdings;
import io.freshet.harness.fault.SkewedClock;
import io.freshet.harness.service.Service;
import io.freshet.system.check.Checker;
import io.freshet.system.check.Outcome;
import io.freshet.system.cluster.Storage;
import io.freshet.system.cluster.TestedFreshet;
import io.freshet.system.cluster.Text;
import io.freshet.system.cluster.Topic;
import io.freshet.system.fault.Nemesis;
import io.freshet.system.fault.RandomFaults;
import org.awaitility.Awaitility;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Two gateways, four workers and two watchers whose clocks differ by up to five minutes, on storage that is restarted,
 * full, slow and unreliable, while services are killed, stopped and paused and messages get lost. What happens follows from a
 * seed, as closely as processes allow.
 */
final class Chaos implements AutoCloseable {
    private static final String KEY = Base64.getEncoder().encodeToString(Text.bytes("no secret"));
    private static final int MAX_SKEW_SECONDS = 300;
    private static final List<String> QUEUES = List.of("work", "priority", "events", "control");
    private static final RetryingClient CLIENT = new RetryingClient(60, () -> pause(300));
    /** Consumers die so often here that no count of theirs says anything of a message. */
    private static final String MANY = "1000";
    /** Longer than any call takes, however bad the times are: what is cut off in the middle says so in its log. */
    private static final String GRACE = "PT30S";

    private final Topic topic = new Topic(KEY);
    private final TestedFreshet freshet;
    private final Storage storage;
    private final ExecutorService repairs = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Integer> tally;
    private final Map<String, RandomFaults> faults = new HashMap<>();
    private final List<CompletableFuture<Void>> repairsUnderWay = new ArrayList<>();
    private final Set<String> beingReplaced = ConcurrentHashMap.newKeySet();
    private Random random = new Random(0);

    /** @param tally counts what happened, by kind */
    Chaos(Map<String, Integer> tally) {
        this.tally = tally;
        freshet = TestedFreshet.named("chaos")
                .gateways(2)
                .workers(4)
                .watchers(2)
                .behindProxy()
                .onDisk()
                .individually(Chaos::environment)
                .with("RECONCILEINTERVAL", "PT1S")
                .with("MAXDEQUEUECOUNT", MANY)
                .with("DISPATCHWINDOW", "3")
                .with("FRESHET_GRACE", GRACE)
                .with("FRESHET_AZURE_CALLS_FIRST_BACK_OFF", "PT0.02S")
                .with("EVENTGRIDENDPOINT", topic.url())
                .with("EVENTGRIDSASKEY", KEY)
                .start();
        storage = freshet.storage();
    }

    private static Map<String, String> environment(String service, Path directory) {
        Map<String, String> environment = new HashMap<>(SkewedClock.of(
                TestedFreshet.installation().isNative(TestedFreshet.moduleOf(service)), skew(service), directory));
        if (service.startsWith("watcher")) {
            environment.put("MP_MESSAGING_INCOMING_EVENTS_MAX_DEQUEUE_COUNT", MANY);
            environment.put("MP_MESSAGING_INCOMING_CONTROL_MAX_DEQUEUE_COUNT", MANY);
        }
        return environment;
    }

    /** The first of each kind is five minutes ahead of the right time, the second as much behind, the others less. */
    private static Duration skew(String service) {
        int number = Integer.parseInt(service.substring(service.indexOf('-') + 1));
        int seconds = MAX_SKEW_SECONDS / ((number + 1) / 2);
        return Duration.ofSeconds(number % 2 == 1 ? seconds : -seconds);
    }

    /** One run; prints everything that is needed to understand its failure. */
    void run(long seed) {
        random = new Random(seed);
        Checker checker = Checker.withHistory(freshet, topic, Checker.MAX_PASSES_WITH_HIDDEN_WORK);
        long begun = System.nanoTime();
        try {
            freshet.services().forEach(service -> disturbRequests(service, seed));
            List<Work> works = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                works.add(submit(seed + "-" + i));
            }
            disturb(3 + random.nextInt(5));
            calm(checker);
            works.forEach(work -> checker.ended(work.job(), work.outcome()));
            works.forEach(work -> CLIENT.on(() -> {
                work.job().delete();
                return true;
            }));
            works.forEach(work -> checker.gone(work.job()));
            checker.atRest();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(checker.report("SEED=" + seed, e), e);
        } finally {
            System.err.printf("%6d ms seed %d%n", (System.nanoTime() - begun) / 1_000_000, seed);
        }
    }

    private record Work(Job job, Outcome outcome) {}

    private void disturbRequests(Service service, long seed) {
        RandomFaults plan = new RandomFaults(31 * seed + service.name().hashCode(), tally);
        faults.put(service.name(), plan);
        freshet.link(service).plan(plan);
    }

    private Work submit(String key) {
        int itemsPerPart = 5 + random.nextInt(20);
        Calculations lines = new Calculations(random.nextLong()).good(20 + random.nextInt(150));
        for (int i = random.nextInt(3); i > 0; i--) {
            lines.rejected("17", "not a JSON object").good(1 + random.nextInt(60));
        }
        int parts = (lines.size() + itemsPerPart - 1) / itemsPerPart;
        Job job = CLIENT.on(() ->
                jobs().submit(lines.file(), "itemsPerJob=" + itemsPerPart, key + System.nanoTime() / 60_000_000_000L));
        return new Work(job, Outcome.of(lines, parts));
    }

    private Jobs jobs() {
        return new Jobs(new Gateway(freshet.gateway(1 + random.nextInt(2)).url()));
    }

    private void disturb(int times) {
        for (int i = 0; i < times; i++) {
            pause(random.nextInt(400));
            Nemesis nemesis = Nemesis.values()[random.nextInt(Nemesis.values().length)];
            tally.merge(nemesis.name(), 1, Integer::sum);
            perform(nemesis);
        }
    }

    private void perform(Nemesis nemesis) {
        Service service =
                freshet.services().get(random.nextInt(freshet.services().size()));
        RandomFaults plan = faults.get(service.name());
        int millis = 200 + random.nextInt(2_000);
        String queue = QUEUES.get(random.nextInt(QUEUES.size()));
        switch (nemesis) {
            case KILL -> kill(service, millis);
            case TOLD_TO_STOP -> stop(service);
            case PAUSE -> during(millis, service::pause, service::resume);
            case LEASE_EXPIRES -> anyLease();
            case MESSAGE_VISIBLE_EARLY ->
                freshet.link(service).holdings().messages().forEach(storage::show);
            case MESSAGE_LOST -> storage.takeVisible(queue, 1);
            case MESSAGE_DOUBLED ->
                storage.takeVisible(queue, 1).forEach(text -> {
                    storage.send(queue, text);
                    storage.send(queue, text);
                });
            case MESSAGES_REORDERED -> {
                List<String> texts = new ArrayList<>(storage.takeVisible(queue, 32));
                Collections.shuffle(texts, random);
                texts.forEach(text -> storage.send(queue, text));
            }
            case CONNECTIONS_REFUSED -> during(millis, freshet.link(service)::refuse, freshet.link(service)::accept);
            case STORAGE_RESTARTED -> freshet.azurite().restart();
            case DISK_FULL -> during(millis, () -> plan.diskFull(true), () -> plan.diskFull(false));
            case SLOW_LINE -> during(millis, () -> plan.slow(true), () -> plan.slow(false));
        }
    }

    private void anyLease() {
        freshet.workers().stream()
                .flatMap(worker -> freshet.link(worker).holdings().leasedBlobs().stream())
                .findFirst()
                .ifPresent(storage::breakLeaseIfAny);
    }

    private void kill(Service service, int millis) {
        if (!beingReplaced.add(service.name())) {
            return;
        }
        boolean expired = random.nextBoolean();
        service.kill9();
        freshet.link(service).cut();
        later(millis, () -> {
            Holdings holdings = freshet.link(service).holdings();
            if (expired) {
                storage.release(holdings);
            }
            freshet.link(service).mend();
            startAgain(service);
        });
    }

    private void stop(Service service) {
        if (beingReplaced.add(service.name())) {
            later(0, () -> {
                service.terminate();
                startAgain(service);
            });
        }
    }

    private void startAgain(Service service) {
        service.start();
        beingReplaced.remove(service.name());
    }

    private void during(int millis, Runnable begin, Runnable end) {
        begin.run();
        later(millis, end);
    }

    private void later(int millis, Runnable repair) {
        repairsUnderWay.add(CompletableFuture.runAsync(
                () -> {
                    pause(millis);
                    repair.run();
                },
                repairs));
    }

    private static void pause(int millis) {
        Awaitility.await().pollDelay(Duration.ofMillis(Math.max(1, millis))).until(() -> true);
    }

    private void calm(Checker checker) {
        repairsUnderWay.forEach(CompletableFuture::join);
        repairsUnderWay.clear();
        faults.values().forEach(RandomFaults::quiet);
        freshet.services().forEach(service -> freshet.link(service).plan(FaultPlan.NONE));
        freshet.services().forEach(Service::revive);
        freshet.services().forEach(Service::awaitReady);
        checker.repaired();
    }

    @Override
    public void close() {
        freshet.close();
        topic.close();
        repairs.close();
    }
}
