package io.freshet.harness.api;

import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The data of server-sent events, one text for each event. */
final class EventStream implements AutoCloseable {
    private final InputStream stream;
    private final BlockingQueue<Optional<String>> events = new LinkedBlockingQueue<>();

    private EventStream(InputStream stream) {
        this.stream = stream;
    }

    static EventStream of(InputStream stream) {
        EventStream events = new EventStream(stream);
        Thread.ofVirtual().start(events::read);
        return events;
    }

    /** The next event; empty when the stream has ended, or has been silent for so long. */
    Optional<String> next(Duration silence) {
        try {
            Optional<String> event = events.poll(silence.toNanos(), TimeUnit.NANOSECONDS);
            return event == null ? Optional.empty() : event;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            List<String> data = new ArrayList<>();
            for (@Nullable String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("data:")) {
                    data.add(line.startsWith("data: ") ? line.substring(6) : line.substring(5));
                } else if (line.isEmpty() && !data.isEmpty()) {
                    events.add(Optional.of(String.join("\n", data)));
                    data.clear();
                }
            }
        } catch (IOException brokenOff) {
            // as good as its end: whoever reads asks otherwise then
        } finally {
            events.add(Optional.empty());
        }
    }

    @Override
    public void close() {
        try {
            stream.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
