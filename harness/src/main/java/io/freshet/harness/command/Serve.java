package io.freshet.harness.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.harness.process.Ports;
import io.freshet.harness.service.Freshet;
import io.freshet.harness.service.Installation;
import io.freshet.harness.service.JvmOptions;
import io.freshet.harness.service.Packaging;
import io.freshet.harness.service.Service;
import io.freshet.harness.storage.Azurite;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Services for a test in another language, which asks for them on the standard input, a line of JSON each:
 * {@code {"start": "gateway-2", "environment": {"AUTH": "key"}}} starts a service, or starts it again, and
 * {@code {"kill": "gateway-2"}} kills it. The answer to each is a line with the service's {@code url} and {@code pid}. Modules
 * that NATIVE_MODULES names are run as executables. Everything ends with the input.
 */
final class Serve {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Screen screen;
    private final Freshet freshet;
    private final Map<String, Map<String, String>> environments = new ConcurrentHashMap<>();

    private Serve(Context context) {
        this.screen = context.screen();
        Azurite azurite = Azurite.apart(Ports.free(Azurite.PORTS), List.of("blob", "queue"), context.directory());
        Set<String> executables = Set.copyOf(Arrays.asList(
                context.settings().text("NATIVE_MODULES").orElse("").split(" ", -1)));
        Installation installation = new Installation(
                context.root(),
                module -> executables.contains(module) ? Packaging.NATIVE : Packaging.JAR,
                JvmOptions.PRODUCT);
        this.freshet = new Freshet(
                azurite, context.directory(), installation, name -> environments.getOrDefault(name, Map.of()));
        context.atTheEnd(freshet::stop);
    }

    static void run(Context context) throws IOException {
        Serve serve = new Serve(context);
        serve.freshet.azurite().start();
        BufferedReader asked = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = asked.readLine(); line != null; line = asked.readLine()) {
            serve.answer(JSON.readTree(line));
        }
    }

    private void answer(JsonNode asked) {
        Service service = asked.has("kill") ? kill(asked.path("kill").asText()) : start(asked);
        ObjectNode answer = JSON.createObjectNode();
        answer.put("url", service.url().toString());
        answer.put("pid", service.pid());
        screen.line(answer.toString());
    }

    private Service kill(String name) {
        Service service = freshet.service(name);
        service.kill9();
        return service;
    }

    private Service start(JsonNode asked) {
        String name = asked.path("start").asText();
        Service service = environments.containsKey(name) ? freshet.service(name) : add(name, asked);
        service.start();
        return service;
    }

    private Service add(String name, JsonNode asked) {
        Map<String, String> environment = new ConcurrentHashMap<>();
        asked.path("environment").forEachEntry((variable, value) -> environment.put(variable, value.asText()));
        environments.put(name, environment);
        return freshet.add(name.substring(0, name.indexOf('-')), name, Ports.free());
    }
}
