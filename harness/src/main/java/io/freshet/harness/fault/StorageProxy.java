package io.freshet.harness.fault;

import io.freshet.harness.storage.Azurite;
import io.vertx.core.Vertx;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Stands between services and a storage emulator. Each service has a link of its own, so that every request has an
 * owner, a number and a name, and can be spoiled. The services need no code for it: they are given other ports.
 *
 * <pre>{@code
 * try (StorageProxy proxy = new StorageProxy(azurite)) {
 *     StorageLink link = proxy.link("worker-1");
 *     start(link.connectionString());
 *     link.plan(FaultPlan.nth(2, FaultPlan.operation("PutBlockList"), Fault.busy(1)));
 * }
 * }</pre>
 */
public final class StorageProxy implements AutoCloseable {
    private static final int REMEMBERED = 200_000;

    private final Azurite azurite;
    private final Vertx vertx = Vertx.vertx();
    private final History history = new History(REMEMBERED);
    private final Map<String, StorageLink> links = new LinkedHashMap<>();

    public StorageProxy(Azurite azurite) {
        this.azurite = azurite;
    }

    /** The link of that service; made, and listening, when it is first asked for. */
    public synchronized StorageLink link(String service) {
        return links.computeIfAbsent(service, name -> new StorageLink(name, vertx, azurite, history));
    }

    /** The requests of all services. */
    public History history() {
        return history;
    }

    @Override
    public void close() {
        Waits.until(vertx.close());
    }
}
