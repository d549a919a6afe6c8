package io.freshet.harness.bench;

import io.freshet.harness.service.Packaging;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What a stack consists of.
 *
 * @param count of each module
 * @param packaging by module
 * @param settings what all services are set by
 * @param storage kinds of it
 */
record Services(
        Map<String, Integer> count,
        Function<String, Packaging> packaging,
        Map<String, String> settings,
        List<String> storage) {

    static Services none() {
        return new Services(Map.of(), module -> Packaging.JAR, Map.of(), List.of("blob", "queue"));
    }

    static Services of(int gateways, int watchers, int workers) {
        return new Services(
                Map.of("gateway", gateways, "watcher", watchers, "worker", workers),
                module -> Packaging.JAR,
                Map.of(),
                List.of("blob", "queue"));
    }

    Services packaged(Function<String, Packaging> otherwise) {
        return new Services(count, otherwise, settings, storage);
    }

    Services with(String variable, String value) {
        Map<String, String> more = new HashMap<>(settings);
        more.put(variable, value);
        return new Services(count, packaging, more, storage);
    }

    /** Parts that a worker has in work at once. */
    Services threads(int threads) {
        return with("WORKER_CONCURRENCY", Integer.toString(threads));
    }

    /** For programs that need the emulator's tables. */
    Services withTables() {
        return new Services(count, packaging, settings, List.of("blob", "queue", "table"));
    }
}
