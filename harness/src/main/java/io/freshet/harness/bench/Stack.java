package io.freshet.harness.bench;

import io.freshet.harness.Wait;
import io.freshet.harness.api.Gateway;
import io.freshet.harness.process.Child;
import io.freshet.harness.process.Ports;
import io.freshet.harness.service.Freshet;
import io.freshet.harness.service.Packaging;
import io.freshet.harness.service.Service;
import io.freshet.harness.storage.Azurite;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Services that run, and what can be seen of them. */
final class Stack {
    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final Duration READY_POLL = Duration.ofMillis(1);
    private static final Pattern CALLS = Pattern.compile(
            "^freshet_azure_calls_seconds_count\\{[^}]*operation=\"([^\"]+)\"[^}]*\\} ([\\d.E+]+)", Pattern.MULTILINE);

    private final Azurite azurite;
    private final BiFunction<Function<String, Packaging>, Map<String, String>, Freshet> freshet;
    private final List<Service> services = new ArrayList<>();

    /** @param freshet a way to make services, by packaging and more settings */
    Stack(Azurite azurite, BiFunction<Function<String, Packaging>, Map<String, String>, Freshet> freshet) {
        this.azurite = azurite;
        this.freshet = freshet;
    }

    void start(Services wanted) {
        Freshet all = freshet.apply(wanted.packaging(), Map.of());
        for (String module : List.of("gateway", "watcher", "worker")) {
            all.with(module, wanted.count().getOrDefault(module, 0));
        }
        services.addAll(all.services());
        services.forEach(Service::launch);
        services.forEach(Service::awaitReady);
    }

    /** Starts one service more without waiting for it. */
    Service start(String module, Packaging packaging, Map<String, String> settings) {
        Service service = freshet.apply(any -> packaging, settings)
                .add(module, module + "-" + (services.size() + 1), Ports.free());
        services.add(service);
        service.launch();
        return service;
    }

    /** Asked so often that the answer's time is the time of readiness. */
    static void awaitReady(Service service) {
        while (!service.answers("/q/health/ready")) {
            Wait.pause(READY_POLL);
        }
    }

    Service gateway() {
        return of("gateway").getFirst();
    }

    Service watcher() {
        return of("watcher").getFirst();
    }

    Service worker() {
        return of("worker").getFirst();
    }

    List<Service> of(String module) {
        return services.stream()
                .filter(service -> service.module().equals(module))
                .toList();
    }

    List<Service> services() {
        return services;
    }

    Gateway api() {
        return new Gateway(gateway().url());
    }

    Azurite azurite() {
        return azurite;
    }

    /** The process of the emulator that has the blobs. */
    long blobStorage() {
        return azurite.processes().getFirst().pid();
    }

    /** How the services reach storage; a program that is to reach it too takes it by environment. */
    Map<String, String> environment() {
        return Map.of("AZURE_STORAGE_CONNECTION_STRING", azurite.connectionString());
    }

    /** Calls to storage so far, by operation, of all services. */
    Map<String, Double> calls() {
        Map<String, Double> sum = new HashMap<>();
        services.stream()
                .filter(Service::isAlive)
                .forEach(service -> calls(service).forEach((operation, n) -> sum.merge(operation, n, Double::sum)));
        return sum;
    }

    /** Calls to storage so far, by operation, of one. */
    static Map<String, Double> calls(Service service) {
        Map<String, Double> calls = new HashMap<>();
        Matcher line = CALLS.matcher(new Gateway(service.url()).text("/q/metrics"));
        while (line.find()) {
            calls.merge(line.group(1), Double.parseDouble(line.group(2)), Double::sum);
        }
        return calls;
    }

    /** Calls that idle services make, by polling. */
    double idleCallsPerSecond() {
        Wait.pause(LOOK);
        double before = Figures.total(calls());
        Wait.pause(LOOK);
        return (Figures.total(calls()) - before) / LOOK.toSeconds();
    }

    void stop() {
        List<Child> running = services.stream()
                .filter(Service::wasStarted)
                .map(Service::process)
                .toList();
        running.forEach(Child::terminate);
        running.forEach(Child::stop);
        azurite.close();
    }
}
