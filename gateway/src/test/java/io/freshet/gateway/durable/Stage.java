package io.freshet.gateway.durable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.coordination.InstanceReconciler;
import io.freshet.coordination.Progression;
import io.freshet.instance.Instance;
import io.freshet.instance.InstanceId;
import io.freshet.orchestration.Orchestrations;
import io.freshet.run.RunIds;
import io.freshet.storage.BlobStore;
import io.freshet.storage.BlobStore.Listing.Detail;
import io.freshet.storage.InstanceFilter;
import io.freshet.storage.InstancePage;
import io.freshet.storage.InstanceStore;
import io.freshet.storage.Listings;
import io.freshet.storage.RaisedEvents;
import io.freshet.testing.Patience;
import io.smallrye.mutiny.Uni;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.awaitility.Awaitility.await;

/** Plays a line: brings about its situation, sends its request, and looks after instances where the watcher would. */
final class Stage {
    private static final String BASE = "/runtime/webhooks/durabletask";
    private static final int LARGEST_CAST = 100;
    private static final Duration LONG_PAUSE = Duration.ofSeconds(3);
    private static final DateTimeFormatter NO_ZONE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter TWO_HOURS_EAST =
            DateTimeFormatter.ISO_OFFSET_DATE_TIME.withZone(ZoneOffset.ofHours(2));

    private final RawHttp http;
    private final BlobStore blobs;
    private final InstanceStore store;
    private final InstanceReconciler watcher;
    private final JumpingClock clock = JumpingClock.INSTANCE;
    private final Set<InstanceId> heldBack = new HashSet<>();
    private final Map<String, String> values = new HashMap<>();

    private Exchange exchange;
    private int tokens;

    Stage(RawHttp http, BlobStore blobs, Orchestrations orchestrations) {
        this.http = http;
        this.blobs = blobs;
        this.store = new InstanceStore(blobs);
        RunIds runs = new RunIds(clock, bound -> ThreadLocalRandom.current().nextInt(bound));
        this.watcher = new InstanceReconciler(
                store,
                new RaisedEvents(blobs),
                orchestrations,
                new Progression(clock, runs::next),
                new RecordedSteps(),
                clock);
    }

    /** The answer to the line's request. */
    Reply play(Exchange line) {
        exchange = line;
        clear();
        values.clear();
        heldBack.clear();
        tokens = 0;
        note(clock.instant(), "t0", "p0");
        line.setup().forEach(this::step);
        note(clock.instant().plusMillis(1), "t2");
        clock.jump(Duration.ofMillis(2));
        Reply reply = request(line.request());
        return reply;
    }

    private void step(JsonNode step) {
        String id = step.path("id").asText();
        String instance = BASE + "/instances/" + encoded(id);
        String reason = step.path("reason").isTextual()
                ? "reason=" + encoded(step.path("reason").asText())
                : "";
        switch (step.path("do").asText()) {
            case "start" -> start(step, id);
            case "event" ->
                send("POST", instance + "/raiseEvent/" + step.path("name").asText(), "", step.path("body"));
            case "terminate", "suspend", "resume" ->
                send("POST", instance + "/" + step.path("do").asText(), reason, null);
            case "purge" -> send("DELETE", instance, "", null);
            case "pause" -> pause(Duration.ofMillis((long) (step.path("seconds").asDouble() * 1000)));
            case "request" -> learn(request(step));
            case "clear" -> {
                clear();
                note(clock.instant(), "p0");
            }
            case "serve" -> heldBack.clear();
            case "await" -> {}
            default -> throw new AssertionError(step);
        }
        look();
    }

    private void start(JsonNode step, String id) {
        String query = step.path("query").asText();
        holdBackIfIdle(query, id);
        String path = BASE + "/orchestrators/" + step.path("function").asText() + "/" + encoded(id);
        send("POST", path, query, step.path("body"));
    }

    private void holdBackIfIdle(String query, String id) {
        if (query.contains("taskHub=IdleHub") || query.contains("version=")) {
            InstanceId.read(id).ifPresent(heldBack::add);
        }
    }

    private void send(String method, String path, String query, JsonNode body) {
        ObjectNode request = Exchange.JSON.createObjectNode();
        request.put("method", method).put("path", path).put("query", query);
        ObjectNode headers = request.putObject("headers").put("Host", "durable.example");
        String text = body == null || body.isNull() || body.isMissingNode() ? "" : body.asText();
        headers.put("Content-Length", Integer.toString(text.getBytes(StandardCharsets.UTF_8).length));
        if (!text.isEmpty()) {
            headers.put("Content-Type", "application/json");
            request.put("body", text);
        }
        http.send(request);
    }

    /** A waiting request is looked after until it is answered. */
    private Reply request(JsonNode recorded) {
        JsonNode request = substituted(recorded);
        String[] segments = request.path("path").asText().split("/");
        holdBackIfIdle(request.path("query").asText(), segments[segments.length - 1]);
        CompletableFuture<Reply> reply = CompletableFuture.supplyAsync(() -> http.send(request));
        JsonNode during = exchange.during();
        if (!during.isMissingNode()) {
            InstanceId waited = new InstanceId(during.path("id").asText());
            await().atMost(Patience.LIMIT).until(() -> {
                look();
                return now(store.find(waited)).isPresent();
            });
            step(during);
        }
        await().atMost(30, TimeUnit.SECONDS).pollInterval(Duration.ofMillis(2)).until(() -> {
            look();
            return reply.isDone();
        });
        look();
        return reply.join();
    }

    /** Values that depend on the moment, in the place of those of the recording. */
    private JsonNode substituted(JsonNode recorded) {
        String[] text = {recorded.toString()};
        exchange.vars().properties().forEach(variable -> {
            String mine = values.get(variable.getKey());
            if (mine != null) {
                String theirs = variable.getValue().path("value").asText();
                text[0] = text[0].replace(encoded(theirs), encoded(mine)).replace(theirs, mine);
            }
        });
        try {
            ObjectNode request = (ObjectNode) Exchange.JSON.readTree(text[0]);
            return exchange.isOfTheStarter() ? asStarter(request) : request;
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    /** The recorder's own route takes an id and a flag in the query. */
    private static JsonNode asStarter(ObjectNode request) {
        String query = request.path("query").asText();
        Matcher id = Pattern.compile("&?id=([^&]*)").matcher(query);
        String path = id.find()
                ? request.path("path").asText() + "/" + id.group(1)
                : request.path("path").asText();
        String rest =
                query.replaceAll("&?id=[^&]*", "").replace("flag=true", "returnInternalServerErrorOnFailure=true");
        return request.put("path", path).put("query", rest);
    }

    private void learn(Reply reply) {
        if (reply.token() != null) {
            tokens++;
            values.put("token", reply.token().strip());
            values.put("token" + tokens, reply.token().strip());
        }
        if (reply.json() != null && reply.json().has("id")) {
            values.put("id", reply.json().path("id").asText());
        }
    }

    private void pause(Duration time) {
        Duration half = time.dividedBy(2);
        clock.jump(half);
        if (time.compareTo(LONG_PAUSE) >= 0) {
            note(clock.instant(), "t1", "pn");
        }
        clock.jump(half);
    }

    private void note(Instant at, String... names) {
        for (String name : names) {
            values.put(name, at.truncatedTo(ChronoUnit.MICROS).toString());
            Instant second = at.truncatedTo(ChronoUnit.SECONDS);
            values.put(name + "s", second.toString());
            values.put(name + "n", NO_ZONE.format(second));
            values.put(name + "o", TWO_HOURS_EAST.format(second));
        }
    }

    /** As if a message had come for each instance. */
    private void look() {
        InstanceFilter all = new InstanceFilter("", null, null, Set.of());
        now(store.page(all, InstancePage.Position.BEGINNING, LARGEST_CAST)).instances().stream()
                .map(Instance::id)
                .filter(id -> !heldBack.contains(id))
                .forEach(id -> now(watcher.reconcile(id)));
    }

    private void clear() {
        for (String prefix : new String[] {"instances/", "events/", "waiting/", "lines/"}) {
            now(Listings.blobs(blobs, prefix, Detail.PLAIN)
                    .onItem()
                    .transformToUniAndConcatenate(blob -> blobs.delete(blob.name(), null))
                    .collect()
                    .asList());
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static <T> T now(Uni<T> action) {
        return action.await().atMost(Patience.LIMIT);
    }
}
