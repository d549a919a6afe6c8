package io.freshet.watcher.kubejob;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the status of an object of somebody else's kind says of it. */
final class Conditions {
    private Conditions() {}

    static Optional<Map<?, ?>> find(GenericKubernetesResource object, String type) {
        return object.get("status", "conditions") instanceof List<?> all
                ? all.stream()
                        .<Map<?, ?>>mapMulti((one, next) -> {
                            if (one instanceof Map<?, ?> condition && type.equals(condition.get("type"))) {
                                next.accept(condition);
                            }
                        })
                        .findFirst()
                : Optional.empty();
    }

    static boolean hold(GenericKubernetesResource object, String type) {
        return find(object, type)
                .filter(condition -> "True".equals(condition.get("status")))
                .isPresent();
    }
}
