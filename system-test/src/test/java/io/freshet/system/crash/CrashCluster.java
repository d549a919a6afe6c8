package io.freshet.system.crash;

import io.freshet.harness.Wait;
import io.freshet.harness.api.Job;
import io.freshet.harness.api.Jobs;
import io.freshet.harness.fault.Fault;
import io.freshet.harness.fault.FaultPlan;
import io.freshet.harness.fault.Holdings;
import io.freshet.harness.fault.StorageLink;
import io.freshet.harness.service.Service;
import io.freshet.system.check.Checker;
import io.freshet.system.cluster.Storage;
import io.freshet.system.cluster.TestedFreshet;
import io.freshet.system.cluster.Text;
import io.freshet.system.cluster.Topic;
import io.freshet.system.fault.CrashPlan;
import io.freshet.system.fault.CrashPoint;
import io.freshet.system.fault.FailingPart;
import io.freshet.system.orchestration.OwnOrchestration;
import io.freshet.testing.Patience;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A whole Freshet behind proxies that stays warm over many runs: one gateway, one watcher, one worker, and a topic that
 * is told of their ends. In each run something may happen to a service, which is put right at once: what the dead one
 * held counts as expired, so that nobody waits for leases and hidden messages.
 */
final class CrashCluster implements AutoCloseable {
    private static final String KEY = Base64.getEncoder().encodeToString(Text.bytes("no secret"));
    private static final int ASKED = 5;
    /** Smaller than a run, so that the cursor moves and the window is refilled in each. */
    private static final String WINDOW = "2";

    /** Its blobs may be inputs. */
    static final String OPEN_CONTAINER = "lake";

    private final TestedFreshet freshet;
    private final Topic topic = new Topic(KEY);
    private final ExecutorService repairs = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<CrashPlan, CompletableFuture<Void>> repaired = new ConcurrentHashMap<>();
    private final RetryingClient client = new RetryingClient(ASKED, this::awaitGateway);
    private FailingPart failingPart = new FailingPart();
    private Checker checker;

    CrashCluster(String name) {
        TestedFreshet.Builder building = TestedFreshet.named(name)
                .behindProxy()
                .with("RECONCILEINTERVAL", "PT1S")
                .with("ABANDONEDAFTER", "PT6S")
                .with("DISPATCHWINDOW", WINDOW)
                .with("INPUTCONTAINERS", OPEN_CONTAINER)
                .with("MAXDEQUEUECOUNT", "3")
                .with("FRESHET_AZURE_CALLS_FIRST_BACK_OFF", "PT0.01S")
                .with("EVENTGRIDENDPOINT", topic.url())
                .with("EVENTGRIDSASKEY", KEY);
        if (OwnOrchestration.canBeLoaded()) {
            building.with("ORCHESTRATIONS", ownOrchestration().toString());
        }
        freshet = building.start();
        checker = Checker.withHistory(freshet, topic, Checker.MAX_PASSES);
        warmUp();
    }

    /** How long a run takes that meets nothing but cold processes says nothing of it. */
    private void warmUp() {
        Job job = jobs().submit(List.of("{}", "{}", "{}"), "handler=identity&itemsPerJob=1");
        job.awaitStatus("Complete");
        job.delete();
        checker.gone(job);
    }

    private static Path ownOrchestration() {
        try {
            Path directory = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "own-orchestration-");
            return OwnOrchestration.jar(OwnOrchestration.WITH_APPROVAL, directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Before each run: nothing is planned, nothing has happened. */
    void reset() {
        repaired.clear();
        failingPart = new FailingPart();
        prepare(List.of());
    }

    /** What is going to happen in this run. */
    void prepare(List<CrashPlan> plans) {
        Map<String, List<FaultPlan>> byService = new HashMap<>();
        plans.forEach(plan -> byService
                .computeIfAbsent(plan.point().role(), role -> new ArrayList<>())
                .add(plan));
        freshet.services()
                .forEach(service -> freshet.link(service)
                        .plan(all(byService.getOrDefault(TestedFreshet.moduleOf(service.name()), List.of()))));
        Checker current = Checker.withHistory(freshet, topic, maxPasses(plans));
        checker = current;
        plans.forEach(plan -> repaired.put(
                plan,
                plan.happened()
                        .thenAcceptAsync(unknown -> repair(plan, unknown), repairs)
                        .thenRun(current::repaired)));
    }

    /** What the dead had is free at once; what could not be given back is not. */
    private static int maxPasses(List<CrashPlan> plans) {
        boolean hidden = plans.stream().anyMatch(plan -> plan.mishap() == CrashPoint.Mishap.REFUSED);
        return hidden ? Checker.MAX_PASSES_WITH_HIDDEN_WORK : Checker.MAX_PASSES;
    }

    private FaultPlan all(List<FaultPlan> plans) {
        FailingPart part = failingPart;
        return request -> {
            List<FaultPlan> every = new ArrayList<>(List.of(part));
            every.addAll(plans);
            return every.stream()
                    .map(plan -> plan.choose(request))
                    .filter(fault -> fault != Fault.NONE)
                    .findFirst()
                    .orElse(Fault.NONE);
        };
    }

    CrashPlan plan(CrashPoint point, CrashPoint.Mishap mishap) {
        Service victim = freshet.service(point.role() + "-1");
        return new CrashPlan(point, mishap, victim, freshet.link(victim));
    }

    private void repair(CrashPlan plan, Set<Holdings.HeldMessage> unknown) {
        unknown.forEach(freshet.storage()::show);
        if (!plan.mishap().kills()) {
            return;
        }
        Service victim = freshet.service(plan.point().role() + "-1");
        StorageLink link = freshet.link(victim);
        freshet.storage().release(link.holdings());
        link.mend();
        victim.start();
    }

    <T> T insist(Supplier<T> request) {
        return client.on(request);
    }

    /** One that was killed takes a moment to be started again. */
    private void awaitGateway() {
        Service gateway = freshet.gateway(1);
        Wait.until("the gateway is ready", Patience.LIMIT, () -> gateway.answers("/q/health/ready"));
    }

    void insist(Runnable request) {
        insist(() -> {
            request.run();
            return true;
        });
    }

    /** A client has noticed that something happened: waits until it has, and is put right. */
    void awaitRepair() {
        CompletableFuture.anyOf(repaired.values().toArray(CompletableFuture[]::new))
                .orTimeout(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    /** Waits until the services that died are back. */
    void awaitRepairs() {
        repaired.forEach((plan, repair) -> {
            if (plan.happened().isDone()) {
                repair.join();
            }
        });
    }

    FailingPart failingPart() {
        return failingPart;
    }

    Checker checker() {
        return checker;
    }

    TestedFreshet freshet() {
        return freshet;
    }

    Storage storage() {
        return freshet.storage();
    }

    Jobs jobs() {
        return freshet.jobs();
    }

    /** After a run that went wrong: what it left must not spoil the next one. */
    void clear() {
        freshet.services().forEach(service -> {
            freshet.link(service).plan(FaultPlan.NONE);
            freshet.link(service).mend();
            service.revive();
            freshet.storage().release(freshet.link(service).holdings());
        });
    }

    @Override
    public void close() {
        freshet.close();
        topic.close();
        repairs.close();
    }
}
