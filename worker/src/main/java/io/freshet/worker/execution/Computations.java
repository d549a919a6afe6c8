package io.freshet.worker.execution;

import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;
import io.quarkus.arc.All;
import io.quarkus.arc.InstanceHandle;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The computations of this worker, by name. */
@Singleton
public final class Computations {
    private final Map<String, Computation> byName;

    @Inject
    Computations(@All List<InstanceHandle<Computation>> beans) {
        this(beans.stream().collect(Collectors.toMap(Computations::name, InstanceHandle::get)));
    }

    Computations(Map<String, Computation> byName) {
        this.byName = new TreeMap<>(byName);
    }

    /** Fails as permanent, listing the known ones, if there is none of this name. */
    public Computation named(String name) {
        Computation computation = byName.get(name);
        if (computation == null) {
            throw new Permanent(
                    FailureCode.COMPUTATION_FAILED,
                    "There is no computation '" + name + "' in this worker; it has " + byName.keySet());
        }
        return computation;
    }

    private static String name(InstanceHandle<Computation> bean) {
        for (Annotation qualifier : bean.getBean().getQualifiers()) {
            if (qualifier instanceof Identifier identifier) {
                return identifier.value();
            }
        }
        throw new IllegalStateException(
                bean.getBean().getBeanClass().getName() + " has no name: add @Identifier(\"…\")");
    }
}
