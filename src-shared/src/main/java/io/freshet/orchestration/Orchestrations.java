package io.freshet.orchestration;

import io.freshet.settings.WrongSettings;
import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All orchestrations known to this service: the built-in ones and those from users' jars. */
@Singleton
public final class Orchestrations {
    private final Map<String, Orchestration> byName;

    @Inject
    Orchestrations(@All List<Orchestration> builtIn, OrchestrationJars jars) {
        this(Stream.concat(builtIn.stream(), jars.load().stream()).toList());
    }

    public Orchestrations(List<Orchestration> all) {
        byName = all.stream()
                .collect(Collectors.toUnmodifiableMap(o -> key(o.name()), Function.identity(), (one, other) -> {
                    throw new WrongSettings("Two orchestrations are called " + one.name() + ": "
                            + one.getClass().getName() + " and "
                            + other.getClass().getName() + "; give one of them another name");
                }));
    }

    /** Makes a jar that cannot be loaded fail the start instead of the first request. */
    void onStart(@Observes @Priority(1) StartupEvent event) {}

    public Optional<Orchestration> find(String name) {
        return Optional.ofNullable(byName.get(key(name)));
    }

    /** Their names, sorted. */
    public List<String> names() {
        return byName.values().stream().map(Orchestration::name).sorted().toList();
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
