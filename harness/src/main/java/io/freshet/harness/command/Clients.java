package io.freshet.harness.command;

import io.freshet.harness.process.Foreground;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs the clients of Durable Functions, as their makers publish them, against services of their own. */
final class Clients {
    /** What is terminated leaves few messages behind. */
    private static final Map<String, String> FEW = Map.of("DISPATCHWINDOW", "8");

    private Clients() {}

    static void run(Context context) {
        Context few = context.with(context.settings().with(Map.of("WORKERS", "1")));
        Local.Wish wish =
                Local.Wish.passing(Local.packaging(context.settings())).with(FEW);
        String gateway = new Local(few, wish).start().running().gateway();
        Map<String, String> environment = Map.of("FRESHET_GATEWAY", gateway);
        Path clients = context.root().resolve("tools/clients");
        context.screen().line("The client of Durable Functions for Node ...");
        Foreground.run(
                List.of(
                        "node",
                        "--test",
                        clients.resolve("durable-functions.test.mjs").toString()),
                context.directory(),
                environment);
        context.settings().text("CLIENT_VENV").ifPresent(venv -> {
            context.screen().line("The client of Durable Functions for Python ...");
            Path python = context.root().resolve(venv).resolve("bin/python");
            Foreground.run(
                    List.of(
                            python.toString(),
                            clients.resolve("durable_client.py").toString()),
                    context.directory(),
                    environment);
        });
    }
}
