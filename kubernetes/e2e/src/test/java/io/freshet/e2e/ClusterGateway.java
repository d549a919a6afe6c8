package io.freshet.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.freshet.harness.api.Gateway;
import io.freshet.harness.api.Job;
import io.freshet.harness.api.Jobs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/** A client of the gateway of a cluster, by a port of this machine. */
final class ClusterGateway implements AutoCloseable {
    private final PortForward forward;
    private final Gateway gateway;

    ClusterGateway(PortForward forward) {
        this.forward = forward;
        this.gateway = new Gateway(URI.create("http://127.0.0.1:" + forward.port()));
    }

    /** Id of the new job. */
    String submit(String lines, String query) {
        return new Jobs(gateway)
                .submit(lines.getBytes(StandardCharsets.UTF_8), query)
                .toString();
    }

    Job job(String id) {
        return new Job(id, gateway);
    }

    JsonNode get(String path) {
        return gateway.json(path);
    }

    /** What is answered, whatever the status. */
    JsonNode document(String path) {
        return gateway.document(path);
    }

    /** Status of a GET. */
    int status(String path) {
        return gateway.status(path);
    }

    String text(String path) {
        return gateway.text(path);
    }

    /** The first event of this type that is as wished, of those that the dashboard is told from now on. */
    JsonNode told(String view, String type, Predicate<JsonNode> wished) {
        AtomicReference<String> event = new AtomicReference<>("");
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(gateway.stream("/dashboard/events?view=" + view), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .peek(line -> {
                        if (line.startsWith("event:")) {
                            event.set(line.substring("event:".length()).strip());
                        }
                    })
                    .filter(line -> line.startsWith("data:") && event.get().equals(type))
                    .map(line -> Gateway.parse(line.substring("data:".length())))
                    .filter(wished)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("The stream ended without " + type));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode post(String path, int status) {
        return gateway.post(path, status);
    }

    void delete(String path) {
        gateway.delete(path, Set.of(202));
    }

    @Override
    public void close() {
        forward.close();
    }
}
