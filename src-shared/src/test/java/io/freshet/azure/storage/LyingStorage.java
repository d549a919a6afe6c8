package io.freshet.azure.storage;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** An account whose blobs have six bytes if they are described, and other answers if they are read. */
final class LyingStorage implements AutoCloseable {
    /** Of an answer that does not say how long it is. */
    static final long UNTOLD = 0;

    /** Of an answer without a body. */
    static final long NONE = -1;

    static final String ETAG = "\"1\"";
    private static final long ENDLESS = 1L << 40;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicLong sent = new AtomicLong();
    private volatile boolean hungUp;
    private volatile Answer answer = new Answer(200, NONE, Map.of());

    /** @param length what is said of the body; a body that is begun does not end by itself */
    record Answer(int status, long length, Map<String, String> headers) {}

    LyingStorage() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/acct";
    }

    void answers(Answer next) {
        reads.set(0);
        sent.set(0);
        hungUp = false;
        answer = next;
    }

    int reads() {
        return reads.get();
    }

    long sent() {
        return sent.get();
    }

    /** Whether the other side has closed the connection in the middle of an answer. */
    boolean isHungUpOn() {
        return hungUp;
    }

    private void handle(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Last-Modified", "Fri, 27 Nov 2026 10:00:00 GMT");
        if (exchange.getRequestMethod().equals("HEAD")) {
            if (!exchange.getRequestURI().getPath().endsWith("/untagged")) {
                exchange.getResponseHeaders().set("ETag", ETAG);
            }
            exchange.getResponseHeaders().set("Content-Length", "6");
            exchange.sendResponseHeaders(200, NONE);
            exchange.close();
            return;
        }
        reads.incrementAndGet();
        Answer now = answer;
        now.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(now.status(), now.length());
        pour(exchange, now.length());
    }

    private void pour(HttpExchange exchange, long length) {
        byte[] chunk = new byte[1 << 16];
        long left = length == UNTOLD ? ENDLESS : length;
        try (OutputStream body = exchange.getResponseBody()) {
            while (left > 0) {
                int now = (int) Math.min(chunk.length, left);
                body.write(chunk, 0, now);
                sent.addAndGet(now);
                left -= now;
            }
        } catch (IOException e) {
            hungUp = true;
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
