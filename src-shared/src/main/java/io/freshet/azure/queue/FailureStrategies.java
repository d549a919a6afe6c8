package io.freshet.azure.queue;

import io.freshet.settings.WrongSettings;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;

import java.util.List;

/** The failure strategies that channels can name. */
@Singleton
final class FailureStrategies {
    private final Instance<FailureStrategy> all;

    FailureStrategies(@Any Instance<FailureStrategy> all) {
        this.all = all;
    }

    /** Throws {@link WrongSettings} that lists what there is. */
    FailureStrategy named(String name) {
        Instance<FailureStrategy> found = all.select(Identifier.Literal.of(name));
        if (!found.isResolvable()) {
            throw new WrongSettings("No failure-strategy '" + name + "'; there are " + names());
        }
        return found.get();
    }

    private List<String> names() {
        return all.handlesStream()
                .flatMap(h -> h.getBean().getQualifiers().stream())
                .filter(Identifier.class::isInstance)
                .map(q -> ((Identifier) q).value())
                .sorted()
                .toList();
    }
}
