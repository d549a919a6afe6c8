package io.freshet.harness.fault;

import io.freshet.harness.process.Ports;
import io.freshet.harness.storage.Azurite;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import org.jspecify.annotations.Nullable;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** The way of one service to storage. */
public final class StorageLink {
    private static final String LOOPBACK = "127.0.0.1";
    private static final int CONNECTIONS = 512;
    /** Less than the emulator keeps an idle connection, so that none is used that is just being closed. */
    private static final int IDLE_SECONDS = 2;

    private final String service;
    private final Vertx vertx;
    private final History history;
    private final Side blobs;
    private final Side queues;
    private final Holdings holdings = new Holdings();
    private final AtomicLong number = new AtomicLong();
    private final Set<HttpConnection> connections = ConcurrentHashMap.newKeySet();
    private volatile FaultPlan plan = FaultPlan.NONE;
    private final AtomicInteger life = new AtomicInteger();
    private volatile boolean cut;

    StorageLink(String service, Vertx vertx, Azurite azurite, History history) {
        this.service = service;
        this.vertx = vertx;
        this.history = history;
        this.blobs = new Side(StorageRequest.Endpoint.BLOB, azurite.blobPort());
        this.queues = new Side(StorageRequest.Endpoint.QUEUE, azurite.queuePort());
        accept();
    }

    /** One of the two ports, and where it leads. */
    private final class Side {
        private final StorageRequest.Endpoint endpoint;
        private final int port = Ports.free();
        private final HttpClient storage;
        private @Nullable HttpServer server;

        Side(StorageRequest.Endpoint endpoint, int storagePort) {
            this.endpoint = endpoint;
            this.storage = vertx.createHttpClient(
                    new HttpClientOptions()
                            .setDefaultHost(LOOPBACK)
                            .setDefaultPort(storagePort)
                            .setKeepAliveTimeout(IDLE_SECONDS),
                    new PoolOptions().setHttp1MaxSize(CONNECTIONS));
        }

        Future<HttpServer> listen() {
            // closing without lingering resets the connection
            HttpServer next = vertx.createHttpServer(new HttpServerOptions()
                    .setHost(LOOPBACK)
                    .setPort(port)
                    .setSoLinger(0)
                    .setMaxHeaderSize(64 * 1024));
            next.connectionHandler(StorageLink.this::opened);
            next.requestHandler(request -> take(request, this));
            server = next;
            return next.listen();
        }

        Future<Void> close() {
            return server == null ? Future.succeededFuture() : server.close();
        }
    }

    /** What the service is given to see storage through here. */
    public String connectionString() {
        return Azurite.connectionString(blobs.port, queues.port);
    }

    public int blobPort() {
        return blobs.port;
    }

    public int queuePort() {
        return queues.port;
    }

    /** From the next request on; {@link FaultPlan#NONE} for no more faults. */
    public void plan(FaultPlan plan) {
        this.plan = plan;
    }

    /** Leases and messages that the service has now. */
    public Holdings holdings() {
        return holdings;
    }

    /** As if the process were gone: its connections are reset, and nothing of it gets through any more. */
    public void cut() {
        cut = true;
        life.incrementAndGet();
        connections.forEach(HttpConnection::close);
    }

    /** Lets through again what comes from now on; requests that are still under way stay those of a dead process. */
    public void mend() {
        cut = false;
    }

    /** Which process the requests of now are from: the service's first, its second... */
    int life() {
        return life.get();
    }

    /** Closes the ports: connections are refused until {@link #accept}, and those that are open are reset. */
    public void refuse() {
        Waits.until(Future.all(blobs.close(), queues.close()));
        connections.forEach(HttpConnection::close);
    }

    /** Opens the ports again. */
    public void accept() {
        Waits.until(Future.all(blobs.listen(), queues.listen()));
    }

    private void opened(HttpConnection connection) {
        connections.add(connection);
        connection.closeHandler(closed -> connections.remove(connection));
    }

    private void take(HttpServerRequest raw, Side side) {
        raw.pause();
        if (cut) {
            raw.connection().close();
            return;
        }
        ProxiedExchange exchange = new ProxiedExchange(raw, side.storage, vertx, this);
        if (!isOfTheService(raw)) {
            exchange.passUnseen();
            return;
        }
        StorageRequest request = StorageRequest.of(raw, side.endpoint, service, number.incrementAndGet());
        exchange.run(request, history.begin(request, holdings.deletedBy(request, raw)), plan.choose(request));
    }

    /** The emulator itself reads, by these ports too, what it is told to copy; that belongs to the request to copy. */
    private static boolean isOfTheService(HttpServerRequest raw) {
        return raw.getHeader("Authorization") != null;
    }

    History history() {
        return history;
    }
}
