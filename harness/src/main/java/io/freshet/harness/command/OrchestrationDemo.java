package io.freshet.harness.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.freshet.harness.Failure;
import io.freshet.harness.api.Gateway;
import io.freshet.harness.api.Instances;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import static io.freshet.harness.command.Screen.count;
import static io.freshet.harness.command.Screen.seconds;

/** Starts the orchestration that is built in, as its clients do, follows it by its links, and checks its output. */
final class OrchestrationDemo {
    private static final String NAME = "ComputeOrchestrator";
    private static final long DEFAULT_INPUTS = 1_000;
    private static final long MANY = 1_000_000_000;
    /** Each generated input is {@code [1,1]}. */
    private static final long RESULT = 2;

    private final Screen screen;
    private final Gateway gateway;
    private final long inputs;

    /** @param gateway its URL */
    OrchestrationDemo(Context context, String gateway) {
        this.screen = context.screen();
        this.gateway = new Gateway(URI.create(gateway));
        this.inputs = context.settings().number("DEMO_INPUTS", 1, MANY).orElse(DEFAULT_INPUTS);
    }

    void run() {
        long begun = System.nanoTime();
        JsonNode links = gateway.post("/api/orchestrators/" + NAME + "?inputCount=" + inputs, 202);
        String id = links.path("id").asText();
        screen.line("Started " + NAME + " with " + count(inputs) + " inputs. Instance " + id);
        JsonNode instance =
                Instances.follow(gateway, links.path("statusQueryGetUri").asText(), this::show);
        report(id, instance, Duration.ofNanos(System.nanoTime() - begun));
        judge(id, instance.path("output"));
    }

    private void show(JsonNode instance) {
        if (Instances.isUnfinished(instance)) {
            screen.progress(describe(instance));
        } else {
            screen.endProgress(describe(instance));
        }
    }

    private void report(String id, JsonNode instance, Duration duration) {
        String status = instance.path("runtimeStatus").asText();
        JsonNode output = instance.path("output");
        if (!status.equals("Completed")) {
            throw new Failure("The instance ended as " + status + ": " + text(output));
        }
        long completed = output.path("completed").asLong();
        screen.line("Instance     " + id + " " + status + ": " + count(completed) + " of "
                + count(output.path("total").asLong()) + " items, "
                + output.path("failed").asText() + " failed");
        screen.line("Duration     " + seconds(duration) + " from the request up to the reduced value ("
                + count(completed * 1000.0 / Math.max(1, duration.toMillis())) + " items/s)");
        screen.line("Output       " + text(output));
    }

    private void judge(String id, JsonNode output) {
        Map<String, Object> expected = new LinkedHashMap<>();
        expected.put("completed", inputs);
        expected.put("failed", 0L);
        expected.put("total", inputs);
        expected.put("outputs", "output/" + id + "/");
        expected.put("value", RESULT * inputs);
        expected.forEach((member, value) -> {
            JsonNode got = output.path(member);
            if (!isRight(value, got)) {
                throw new Failure("The output's \"" + member + "\" is wrong.\n  expected  " + value + "\n  got       "
                        + text(got));
            }
        });
        screen.line("Check        the output is right: " + count(inputs) + " results, which add up to "
                + count(output.path("value").asDouble()));
    }

    private static boolean isRight(Object expected, JsonNode got) {
        return expected instanceof Long number
                ? got.isNumber() && got.asDouble() == number.doubleValue()
                : expected.equals(got.asText());
    }

    private static String describe(JsonNode instance) {
        String status = instance.path("runtimeStatus").asText();
        JsonNode counts = instance.path("customStatus");
        if (!counts.isObject()) {
            return status;
        }
        long settled = counts.path("completed").asLong() + counts.path("failed").asLong();
        long total = counts.path("total").asLong();
        double rate = counts.path("itemsPerSecond").asDouble();
        return status + " " + (total > 0 ? settled * 100 / total : 100) + " %: items " + count(settled) + "/"
                + count(total) + (rate > 0 ? ", " + count(rate) + " items/s" : "");
    }

    private static String text(JsonNode value) {
        return value.isMissingNode() ? "(nothing)" : value.toString();
    }
}
