package io.freshet.system;

import io.freshet.testing.Azurite;
import io.freshet.testing.Ports;
import io.freshet.testing.proxy.StorageLink;
import io.freshet.testing.proxy.StorageProxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * A whole Freshet: a storage emulator of its own and the packaged services, each a process. Scenarios share one where
 * they can, because starting one takes seconds.
 */
final class Freshet implements AutoCloseable {
    private static final String CONTAINER = "jobs";
    private static final String QUEUE_PREFIX = "t-";
    /** After so many a part has failed. */
    static final int ATTEMPTS = 3;
    /** Seconds that a work message stays hidden: it comes back after the lease on its part has run out. */
    static final int WORK_HIDDEN = 18;

    private final Azurite azurite;
    private final StorageProxy proxy;
    private final Path directory;
    private final Builder settings;
    private final Map<String, Service> services = new LinkedHashMap<>();
    private final Storage storage;
    private final Program program;

    private Freshet(Builder settings) {
        this.settings = settings;
        this.directory = newDirectory(settings.name);
        this.azurite = settings.onDisk ? Azurite.onDisk(directory.resolve("storage")) : Azurite.own();
        this.proxy = new StorageProxy(azurite);
        this.storage = new Storage(azurite.connectionString(), CONTAINER, QUEUE_PREFIX);
        this.program = Program.in(directory);
    }

    static Builder named(String name) {
        return new Builder(name);
    }

    /** What there is of it, and how it is set. */
    static final class Builder {
        private final String name;
        private final Map<String, Integer> count = new LinkedHashMap<>();
        private final Map<String, String> environment = new HashMap<>();
        private boolean proxied;
        private boolean onDisk;
        private BiFunction<String, Path, Map<String, String>> individually = (service, directory) -> Map.of();

        private Builder(String name) {
            this.name = name;
            count.put("gateway", 1);
            count.put("watcher", 1);
            count.put("worker", 1);
        }

        Builder gateways(int n) {
            count.put("gateway", n);
            return this;
        }

        Builder watchers(int n) {
            count.put("watcher", n);
            return this;
        }

        Builder workers(int n) {
            count.put("worker", n);
            return this;
        }

        Builder with(String variable, String value) {
            environment.put(variable, value);
            return this;
        }

        /** Lets each service see storage through a link of its own, which can spoil its requests. */
        Builder behindProxy() {
            proxied = true;
            return this;
        }

        /** Keeps storage on disk, so that the emulator can be restarted. */
        Builder onDisk() {
            onDisk = true;
            return this;
        }

        /** @param environment by name of the service and a directory for files that it needs */
        Builder individually(BiFunction<String, Path, Map<String, String>> environment) {
            individually = environment;
            return this;
        }

        /** Starts everything and returns when all are ready. */
        Freshet start() {
            Freshet freshet = new Freshet(this);
            try {
                count.forEach((module, n) -> {
                    for (int i = 1; i <= n; i++) {
                        freshet.add(module, i);
                    }
                });
                freshet.services.values().forEach(Service::launch);
                freshet.services.values().forEach(Service::awaitReady);
                return freshet;
            } catch (RuntimeException e) {
                freshet.close();
                throw e;
            }
        }
    }

    Azurite azurite() {
        return azurite;
    }

    /** What is between services and storage, if it was asked for. */
    StorageProxy proxy() {
        return proxy;
    }

    /** The service's own way to storage. */
    StorageLink link(Service service) {
        return proxy.link(service.name());
    }

    Storage storage() {
        return storage;
    }

    Program program() {
        return program;
    }

    /** Name of a queue, by what it is called where no prefix is set. */
    String queue(String name) {
        return QUEUE_PREFIX + name;
    }

    Jobs jobs() {
        return new Jobs(gateway(1).url(), storage);
    }

    Service gateway(int number) {
        return service("gateway-" + number);
    }

    Service worker(int number) {
        return service("worker-" + number);
    }

    Service watcher(int number) {
        return service("watcher-" + number);
    }

    Service service(String name) {
        Service service = services.get(name);
        if (service == null) {
            throw new IllegalArgumentException("There is no " + name + " but " + services.keySet());
        }
        return service;
    }

    List<Service> services() {
        return List.copyOf(services.values());
    }

    List<Service> workers() {
        return services.values().stream()
                .filter(s -> s.name().startsWith("worker"))
                .toList();
    }

    /** A further service, not started. */
    Service add(String module, int number) {
        String name = module + "-" + number;
        int port = Ports.free();
        Path log = directory.resolve(name + ".log");
        Map<String, String> environment = environment(name, port);
        List<String> command = Packaging.command(module, environment.getOrDefault("JAVA_TOOL_OPTIONS", ""));
        Service service = new Service(new Service.Launch(name, command, port, environment, log));
        services.put(name, service);
        return service;
    }

    /** Ends a service that was added and forgets it. */
    void remove(Service service) {
        service.close();
        services.remove(service.name());
    }

    private Map<String, String> environment(String name, int port) {
        String seen = settings.proxied ? proxy.link(name).connectionString() : azurite.connectionString();
        Map<String, String> environment = new HashMap<>();
        environment.put("AZURE_STORAGE_CONNECTION_STRING", seen);
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        environment.put("CONTAINER", CONTAINER);
        environment.put("QUEUEPREFIX", QUEUE_PREFIX);
        environment.put("FRESHET_EVENTS", "direct");
        environment.put("RECONCILEINTERVAL", "PT2S");
        environment.put("WORKER_CONCURRENCY", "2");
        environment.put("FRESHET_GRACE", "PT3S");
        environment.put("MAXDEQUEUECOUNT", Integer.toString(ATTEMPTS));
        environment.put("EXEC_COMMAND", program.command());
        environment.put("EXEC_KILL_AFTER", "PT1S");
        environment.put("SERVICE_NAME", name);
        environment.put("EXEC_ENV", "SERVICE_NAME");
        // dozens of services share a few processors: an event loop that stands still for less may just wait for one
        environment.put("QUARKUS_VERTX_MAX_EVENT_LOOP_EXECUTE_TIME", "PT10S");
        shortTimes(name.substring(0, name.indexOf('-'))).forEach(environment::put);
        environment.putAll(settings.environment);
        environment.putAll(settings.individually.apply(name, directory));
        return environment;
    }

    /** What a dead service leaves hidden comes back soon. */
    private static Map<String, String> shortTimes(String module) {
        String incoming = "MP_MESSAGING_INCOMING_";
        return switch (module) {
            case "worker" ->
                Map.of(
                        incoming + "WORK_VISIBILITY_TIMEOUT", Integer.toString(WORK_HIDDEN),
                        incoming + "WORK_RETRY_DELAY_MAX", "1",
                        incoming + "WORK_POLL_INTERVAL_MAX", "500");
            case "watcher" ->
                Map.of(
                        incoming + "EVENTS_VISIBILITY_TIMEOUT", "5",
                        incoming + "EVENTS_POLL_INTERVAL_MAX", "500",
                        incoming + "CONTROL_VISIBILITY_TIMEOUT", "5",
                        incoming + "CONTROL_POLL_INTERVAL_MAX", "500");
            default -> Map.of();
        };
    }

    /** The last lines of every service. */
    String logTails() {
        return services.values().stream().map(Service::logTail).collect(Collectors.joining("\n"));
    }

    @Override
    public void close() {
        program.openAll();
        services.values().forEach(Service::close);
        proxy.close();
        azurite.close();
    }

    private static Path newDirectory(String name) {
        try {
            Path parent = Path.of("target", "freshet").toAbsolutePath();
            Files.createDirectories(parent);
            return Files.createTempDirectory(parent, name + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
