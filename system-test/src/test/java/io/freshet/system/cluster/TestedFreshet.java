package io.freshet.system.cluster;

import io.freshet.harness.Checkout;
import io.freshet.harness.api.Gateway;
import io.freshet.harness.api.Jobs;
import io.freshet.harness.fault.StorageLink;
import io.freshet.harness.fault.StorageProxy;
import io.freshet.harness.service.Freshet;
import io.freshet.harness.service.Installation;
import io.freshet.harness.service.JvmOptions;
import io.freshet.harness.service.Packaging;
import io.freshet.harness.service.Service;
import io.freshet.harness.storage.Azurite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * A whole Freshet with short times, its storage seen from outside, and a program for its handler exec. Scenarios share one
 * where they can, because starting one takes seconds.
 */
public final class TestedFreshet implements AutoCloseable {
    private static final String CONTAINER = "jobs";
    private static final String QUEUE_PREFIX = "t-";
    private static final Set<String> NATIVE =
            Set.of(System.getProperty("freshet.native", "").split(","));
    /** After so many a part has failed. */
    public static final int ATTEMPTS = 3;
    /** Seconds that a work message stays hidden: it comes back after the lease on its part has run out. */
    public static final int WORK_HIDDEN = 18;

    private final StorageProxy proxy;
    private final Path directory;
    private final Builder settings;
    private final Freshet freshet;
    private final Storage storage;
    private final Program program;

    private TestedFreshet(Builder settings) {
        this.settings = settings;
        this.directory = newDirectory(settings.name);
        Azurite azurite = settings.onDisk ? Azurite.onDisk(directory.resolve("storage")) : Azurite.own();
        this.proxy = new StorageProxy(azurite);
        this.storage = new Storage(azurite.connectionString(), CONTAINER, QUEUE_PREFIX);
        this.program = Program.in(directory);
        this.freshet = new Freshet(azurite, directory, installation(), this::environment);
        settings.count.forEach(freshet::with);
    }

    public static TestedFreshet.Builder named(String name) {
        return new Builder(name);
    }

    /** The jars, or the native executables of modules that {@code freshet.native} names. */
    public static Installation installation() {
        String root = System.getProperty("freshet.root");
        return new Installation(
                root == null ? Checkout.root() : Path.of(root).toAbsolutePath(),
                module -> NATIVE.contains(module) ? Packaging.NATIVE : Packaging.JAR,
                JvmOptions.TEST);
    }

    /** Module of a service, by its name. */
    public static String moduleOf(String service) {
        return service.substring(0, service.indexOf('-'));
    }

    /** What there is of it, and how it is set. */
    public static final class Builder {
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

        public Builder gateways(int n) {
            count.put("gateway", n);
            return this;
        }

        public Builder watchers(int n) {
            count.put("watcher", n);
            return this;
        }

        public Builder workers(int n) {
            count.put("worker", n);
            return this;
        }

        public Builder with(String variable, String value) {
            environment.put(variable, value);
            return this;
        }

        /** Lets each service see storage through a link of its own, which can spoil its requests. */
        public Builder behindProxy() {
            proxied = true;
            return this;
        }

        /** Keeps storage on disk, so that the emulator can be restarted. */
        public Builder onDisk() {
            onDisk = true;
            return this;
        }

        /** @param environment by name of the service and a directory for files that it needs */
        public Builder individually(BiFunction<String, Path, Map<String, String>> environment) {
            individually = environment;
            return this;
        }

        /** Starts everything and returns when all are ready. */
        public TestedFreshet start() {
            TestedFreshet tested = new TestedFreshet(this);
            try {
                tested.freshet.start();
                return tested;
            } catch (RuntimeException e) {
                tested.close();
                throw e;
            }
        }
    }

    public Azurite azurite() {
        return freshet.azurite();
    }

    /** What is between services and storage, if it was asked for. */
    public StorageProxy proxy() {
        return proxy;
    }

    /** The service's own way to storage. */
    public StorageLink link(Service service) {
        return proxy.link(service.name());
    }

    public Storage storage() {
        return storage;
    }

    public Program program() {
        return program;
    }

    /** Name of a queue, by what it is called where no prefix is set. */
    public String queue(String name) {
        return QUEUE_PREFIX + name;
    }

    public Jobs jobs() {
        return new Jobs(new Gateway(gateway(1).url()));
    }

    public Service gateway(int number) {
        return freshet.gateway(number);
    }

    public Service worker(int number) {
        return freshet.worker(number);
    }

    public Service watcher(int number) {
        return freshet.watcher(number);
    }

    public Service service(String name) {
        return freshet.service(name);
    }

    public List<Service> services() {
        return freshet.services();
    }

    public List<Service> workers() {
        return freshet.services("worker");
    }

    /** A further service, not started. */
    public Service add(String module, int number) {
        return freshet.add(module, number);
    }

    /** Ends a service that was added and forgets it. */
    public void remove(Service service) {
        freshet.remove(service);
    }

    private Map<String, String> environment(String name) {
        Map<String, String> environment = new HashMap<>();
        if (settings.proxied) {
            environment.put("AZURE_STORAGE_CONNECTION_STRING", proxy.link(name).connectionString());
        }
        environment.put("CONTAINER", CONTAINER);
        environment.put("QUEUEPREFIX", QUEUE_PREFIX);
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
        environment.putAll(shortTimes(moduleOf(name)));
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
    public String logTails() {
        return freshet.logTails();
    }

    @Override
    public void close() {
        program.openAll();
        freshet.close();
        proxy.close();
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
