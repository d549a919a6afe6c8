package io.freshet.system.operation;

import io.freshet.harness.api.Job;
import io.freshet.harness.calculator.Calculations;
import io.freshet.harness.fault.Fault;
import io.freshet.harness.fault.Fault.Ending;
import io.freshet.harness.fault.FaultPlan;
import io.freshet.harness.fault.StorageLink;
import io.freshet.harness.fault.StorageRequest;
import io.freshet.harness.service.Service;
import io.freshet.system.check.Checker;
import io.freshet.system.check.Outcome;
import io.freshet.system.cluster.Program;
import io.freshet.system.cluster.TestedFreshet;
import io.freshet.system.fault.CrashPoint;
import io.freshet.testing.Patience;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Storage answers with errors, late, by halves or never, and runs come to their right end all the same. In a native
 * executable an error that cannot be read ends no call: what is shown here is that all can be read, and none hangs.
 */
final class StorageErrorsIT {
    private static final Duration CALL = Duration.ofSeconds(2);
    private static final Set<String> READS = Set.of("GetBlob", "ListBlobs");
    private static final Set<String> UPLOADS = Set.of("PutBlob", "PutBlock");
    private static TestedFreshet freshet;

    @BeforeAll
    static void start() {
        freshet = TestedFreshet.named("errors")
                .with("FRESHET_AZURE_CALLS_TIMEOUT", CALL.toString())
                .with("ABANDONEDAFTER", "PT20S")
                .with("FRESHET_GRACE", "PT15S")
                .behindProxy()
                .start();
    }

    @AfterAll
    static void stop() {
        freshet.close();
    }

    @AfterEach
    void storageIsWell() {
        links().forEach(link -> link.plan(FaultPlan.NONE));
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                arguments("busy (503)", firstOfEach(Fault.busy(1))),
                arguments("failing (500)", firstOfEach(Fault.answer(500, "InternalError"))),
                arguments("resetting the connection", firstOfEach(Fault.RESET)),
                arguments("resetting it in the middle of an upload", firstOf(UPLOADS, new Fault.Reset(10))),
                arguments("ending in the middle of an answer", firstOf(READS, Fault.ending(Ending.TRUNCATED))),
                arguments("slow", firstOfEach(Fault.delay(CALL.dividedBy(2)))),
                arguments("silent", firstOfEach(Fault.SILENCE)),
                arguments("doing everything twice", FaultPlan.always(r -> !r.takesMessages(), Fault.twice())),
                arguments("404 for a queue", firstOf(Set.of("GetMessages"), Fault.answer(404, "QueueNotFound"))),
                arguments("409 for a lease", firstOf(Set.of("AcquireLease"), Fault.answer(409, "LeaseAlreadyPresent"))),
                arguments("412 for a run", firstOfRun(Fault.answer(412, "ConditionNotMet"))),
                arguments(
                        "400 for a receipt", firstOf(Set.of("DeleteMessage"), Fault.answer(400, "PopReceiptMismatch"))),
                arguments(
                        "413 for a message", firstOf(Set.of("PutMessage"), Fault.answer(413, "RequestBodyTooLarge"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void aRunComesToItsRightEnd(String storageIs, FaultPlan plan) {
        Checker checker = Checker.of(freshet);
        Calculations calculations = new Calculations(60).good(7).rejected("17", "not a JSON object");
        Job first = freshet.jobs().submit(calculations.file(), "itemsPerJob=3");
        checker.ended(first, Outcome.of(calculations, 3));
        links().forEach(link -> link.plan(plan));

        Job job = freshet.jobs().submit(calculations.file(), "itemsPerJob=3");

        checker.ended(job, Outcome.of(calculations, 3));
        checker.atRest();
    }

    @Test
    void aRunGoesOnWhenStorageListensAgain() {
        Checker checker = Checker.of(freshet);
        Calculations calculations = new Calculations(61).good(9);
        links().forEach(StorageLink::refuse);
        try {
            assertThat(answer("/jobs/2026-11-1")).isEqualTo(503);
            assertThat(answer("/q/health/ready")).isEqualTo(503);
        } finally {
            links().forEach(StorageLink::accept);
        }

        Job job = freshet.jobs().submit(calculations.file(), "itemsPerJob=3");

        checker.ended(job, Outcome.of(calculations, 3));
        checker.atRest();
    }

    @Test
    void aClientHearsOfStorageThatNeverAnswers() {
        link("gateway-1").plan(FaultPlan.always(request -> true, Fault.SILENCE));

        assertThat(answer("/jobs")).isEqualTo(503);
        assertThat(answer("/jobs/2026-11-1")).isEqualTo(503);
        assertThat(answer("/q/health/ready")).isEqualTo(503);
        assertThat(answer("/q/health/live")).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/active/", "/input.json", "/ctrl_input_1_0", "/idempotency/", "/run.json"})
    void aClientHearsOfAnUploadThatStorageDoesNotTakeAndMayRepeatIt(String blob) {
        Checker checker = Checker.of(freshet);
        Calculations lines = new Calculations(63).good(3);
        Supplier<Job> upload = () -> freshet.jobs().submit(lines.file(), "", "key of " + blob);
        link("gateway-1").plan(FaultPlan.always(r -> writes(r, blob), Fault.answer(500, "InternalError")));

        assertThatThrownBy(() -> assertTimeoutPreemptively(Patience.LIMIT, upload::get))
                .hasMessageContaining("answered 503");
        storageIsWell();

        checker.ended(upload.get(), Outcome.of(lines, 1));
        checker.atRest();
    }

    private static boolean writes(StorageRequest request, String blob) {
        return request.operation().equals("PutBlob") && request.target().contains(blob);
    }

    @Test
    void aDrainingWorkerEndsWhenStorageNeverAnswers() {
        Service drain = freshet.add("worker", 2);
        link("worker-2").plan(FaultPlan.always(request -> true, Fault.SILENCE));

        drain.launch(Map.of("FRESHET_WORKER_MODE", "drain"));

        assertThat(drain.awaitExit()).isEqualTo(1);
        freshet.remove(drain);
    }

    @Test
    void aPartWhoseFailureCannotBeNotedIsLeftToOthers() {
        Checker checker = Checker.of(freshet);
        Fault failing = Fault.answer(500, "InternalError");
        link("worker-1").plan(FaultPlan.first(CrashPoint.ATTEMPTS, FaultPlan.operation("SetBlobMetadata"), failing));

        Job job = freshet.jobs().submit(List.of("a", "need:notes"), "handler=exec&itemsPerJob=1");

        checker.ended(job, Outcome.completeWithErrors(Program.results(List.of("a")), 1, 2));
        freshet.storage().takeGivenUpWork();
        checker.atRest();
    }

    @Test
    void watcherAndWorkerGoOnAfterStorageHasBeenSilent() {
        Checker checker = Checker.of(freshet);
        Calculations calculations = new Calculations(62).good(9);
        FaultPlan silence = FaultPlan.always(request -> true, Fault.SILENCE);
        link("watcher-1").plan(silence);
        link("worker-1").plan(silence);
        Job job = freshet.jobs().submit(calculations.file(), "itemsPerJob=3");
        Awaitility.await("both have given up a call")
                .atMost(Patience.LIMIT)
                .until(() -> List.of("watcher-1", "worker-1").stream()
                        .allMatch(name -> freshet.service(name).log(0).contains("cannot poll")));

        storageIsWell();

        checker.ended(job, Outcome.of(calculations, 3));
        checker.atRest();
    }

    @ParameterizedTest
    @CsvSource({"worker-1, PutMessage", "watcher-1, PutBlob"})
    void aServiceToldToStopWaitsForAnswersThatAreLate(String name, String operation) throws InterruptedException {
        stopsAfterItsAnswer(name, late -> FaultPlan.first(1, FaultPlan.operation(operation), late))
                .atRest();
    }

    @Test
    void aWatcherToldToStopWaitsForMessagesOfADispatchThatHasFailed() throws InterruptedException {
        AtomicInteger sent = new AtomicInteger();
        Fault refusal = Fault.answer(413, "RequestBodyTooLarge");
        Checker checker = stopsAfterItsAnswer("watcher-1", late -> request -> {
            int number = request.operation().equals("PutMessage") ? sent.incrementAndGet() : 0;
            return number == 1 ? refusal : number == 2 ? late : Fault.NONE;
        });
        // who was told to dispatch, unless it was the watcher's own look at the run
        freshet.storage().takeAll("control-poison");
        checker.atRest();
    }

    /** @param plan given a fault that makes a request late */
    private static Checker stopsAfterItsAnswer(String name, Function<Fault, FaultPlan> plan)
            throws InterruptedException {
        Checker checker = Checker.of(freshet);
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        Fault late = new Fault.Before(
                asked::countDown, new Fault.Delayed(CALL.dividedBy(2), Fault.after(answered::countDown)));
        link(name).plan(plan.apply(late));
        Calculations calculations = new Calculations(64).good(3);
        Job job = freshet.jobs().submit(calculations.file(), "itemsPerJob=1");
        assertThat(asked.await(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();

        freshet.service(name).terminate();

        assertThat(answered.getCount()).isZero();
        freshet.service(name).start();
        checker.ended(job, Outcome.of(calculations, 3));
        return checker;
    }

    @Test
    void aGatewayToldToStopFinishesTheUploadThatItHasBegun() throws InterruptedException {
        Checker checker = Checker.of(freshet);
        CountDownLatch asked = new CountDownLatch(1);
        Fault late = new Fault.Before(
                asked::countDown, Fault.delay(CALL.multipliedBy(3).dividedBy(4)));
        link("gateway-1").plan(FaultPlan.first(2, FaultPlan.operation("PutBlob"), late));
        Calculations calculations = new Calculations(65).good(3);
        CompletableFuture<Job> upload =
                CompletableFuture.supplyAsync(() -> freshet.jobs().submit(calculations.file(), ""));
        assertThat(asked.await(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();

        freshet.gateway(1).terminate();

        assertThat(upload).succeedsWithin(Patience.LIMIT);
        freshet.gateway(1).start();
        checker.ended(upload.join(), Outcome.of(calculations, 1));
        checker.atRest();
    }

    /** Whatever is done to storage, there is an answer. */
    private static int answer(String path) {
        return assertTimeoutPreemptively(
                Patience.LIMIT, () -> freshet.jobs().gateway().status(path));
    }

    private static List<StorageLink> links() {
        return freshet.services().stream().map(freshet::link).toList();
    }

    private static StorageLink link(String service) {
        return freshet.proxy().link(service);
    }

    /** For each service the first request of each kind. */
    private static FaultPlan firstOfEach(Fault fault) {
        Set<String> seen = ConcurrentHashMap.newKeySet();
        return request -> seen.add(request.service() + " " + request.operation()) ? fault : Fault.NONE;
    }

    private static FaultPlan firstOf(Set<String> operations, Fault fault) {
        FaultPlan each = firstOfEach(fault);
        return request -> operations.contains(request.operation()) ? each.choose(request) : Fault.NONE;
    }

    private static FaultPlan firstOfRun(Fault fault) {
        return FaultPlan.first(2, StorageErrorsIT::writesRun, fault);
    }

    /** A change of a run, not its creation: that has no condition which could be met later. */
    private static boolean writesRun(StorageRequest request) {
        return request.operation().equals("PutBlob")
                && request.target().endsWith("/run.json")
                && !request.service().startsWith("gateway");
    }
}
