package io.freshet.harness.service;

import io.freshet.harness.process.Child;
import io.freshet.harness.process.Launch;
import io.freshet.harness.process.Ports;
import io.freshet.harness.storage.Azurite;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A whole Freshet: a storage emulator of its own and the packaged services, each a process. */
public final class Freshet implements AutoCloseable {
    private final Azurite azurite;
    private final Path directory;
    private final Installation installation;
    private final Environment environment;
    private final Map<String, Service> services = new LinkedHashMap<>();

    /** What services are set by. */
    @FunctionalInterface
    public interface Environment {
        /** @param service its name */
        Map<String, String> of(String service);
    }

    /**
     * Without services yet.
     *
     * @param directory for their logs
     * @param environment what services are set by, beside storage and port
     */
    public Freshet(Azurite azurite, Path directory, Installation installation, Environment environment) {
        this.azurite = azurite;
        this.directory = directory.toAbsolutePath();
        this.installation = installation;
        this.environment = environment;
    }

    public Azurite azurite() {
        return azurite;
    }

    public Installation installation() {
        return installation;
    }

    /** So many services of a module, which are not started: {@code gateway-1}, {@code gateway-2} … */
    public Freshet with(String module, int count) {
        for (int i = 1; i <= count; i++) {
            add(module, i);
        }
        return this;
    }

    /** A further service, not started. */
    public Service add(String module, int number) {
        return add(module, module + "-" + number, Ports.free());
    }

    /** A further service, not started. */
    public Service add(String module, String name, int port) {
        Map<String, String> set = new HashMap<>(Map.of(
                "AZURE_STORAGE_CONNECTION_STRING",
                azurite.connectionString(),
                "QUARKUS_HTTP_HOST",
                "127.0.0.1",
                "QUARKUS_HTTP_PORT",
                Integer.toString(port),
                "FRESHET_EVENTS",
                "direct"));
        set.putAll(environment.of(name));
        Installation.Executable executable = installation.executable(module);
        Launch launch = new Launch(
                name,
                command(module, executable, set.getOrDefault("JAVA_TOOL_OPTIONS", "")),
                Map.copyOf(set),
                executable.directory(),
                directory.resolve(name + ".log"),
                executable.grace());
        Service service = new Service(module, launch, port);
        services.put(name, service);
        return service;
    }

    /** What a JVM takes from {@code JAVA_TOOL_OPTIONS}, an executable takes as arguments. */
    private List<String> command(String module, Installation.Executable executable, String options) {
        return installation.isNative(module)
                ? Stream.concat(
                                executable.command().stream(),
                                Stream.of(options.split(" ", -1)).filter(option -> !option.isEmpty()))
                        .toList()
                : executable.command();
    }

    /** Starts all that was added, and returns when all are ready; ends it if that fails. */
    public Freshet start() {
        try {
            services.values().forEach(Service::launch);
            services.values().forEach(Service::awaitReady);
            return this;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    public Service gateway(int number) {
        return service("gateway-" + number);
    }

    public Service worker(int number) {
        return service("worker-" + number);
    }

    public Service watcher(int number) {
        return service("watcher-" + number);
    }

    public Service service(String name) {
        Service service = services.get(name);
        if (service == null) {
            throw new IllegalArgumentException("There is no " + name + " but " + services.keySet());
        }
        return service;
    }

    public List<Service> services() {
        return List.copyOf(services.values());
    }

    public List<Service> services(String module) {
        return services.values().stream()
                .filter(service -> service.module().equals(module))
                .toList();
    }

    /** Ends a service that was added and forgets it. */
    public void remove(Service service) {
        service.close();
        services.remove(service.name());
    }

    /** The last lines of every service. */
    public String logTails() {
        return services.values().stream().map(Service::logTail).collect(Collectors.joining("\n"));
    }

    /** Ends everything in order: services, each with its time to end, and storage when nobody needs it any more. */
    public void stop() {
        List<Child> running = new ArrayList<>();
        services.values().stream()
                .filter(Service::wasStarted)
                .map(Service::process)
                .forEach(running::add);
        running.forEach(Child::terminate);
        running.forEach(Child::stop);
        azurite.close();
    }

    /** Ends everything at once. */
    @Override
    public void close() {
        services.values().forEach(Service::close);
        azurite.close();
    }
}
