package io.freshet.orchestration;

import io.quarkus.arc.All;
import jakarta.inject.Singleton;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All orchestrations that this service knows. */
@Singleton
public final class Orchestrations {
    private final Map<String, Orchestration> byName;

    public Orchestrations(@All List<Orchestration> all) {
        byName = all.stream()
                .collect(Collectors.toUnmodifiableMap(o -> key(o.name()), Function.identity(), (one, other) -> {
                    throw new IllegalStateException("Two orchestrations are called " + one.name() + ": "
                            + one.getClass().getName() + " and "
                            + other.getClass().getName() + "; give one of them another name");
                }));
    }

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
