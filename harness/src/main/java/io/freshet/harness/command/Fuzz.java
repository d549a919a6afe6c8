package io.freshet.harness.command;

import io.freshet.harness.Failure;
import io.freshet.harness.process.Foreground;
import io.freshet.harness.service.Packaging;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Fuzzes a gateway of its own by its OpenAPI document: no 5xx, and no answer that the document does not describe. There
 * are no workers: what is submitted stays as it is, and goes with the storage.
 */
final class Fuzz {
    // some 1,400 requests, the same each time; what changes jobs in a row (`stateful`) needs workers
    private static final List<String> OPTIONS = List.of(
            "--max-examples=25",
            "--phases=examples,coverage,fuzzing",
            "--generation-deterministic",
            "--request-timeout=20",
            "--warnings=off",
            // they do not end before a job does, and there are no workers; the gateway's own tests read them
            "--exclude-path=/dashboard/events",
            "--exclude-path=/jobs/{id}/events");

    private Fuzz() {}

    static void run(Context context) {
        String venv = context.settings()
                .text("FUZZ_VENV")
                .orElseThrow(() -> new Failure("FUZZ_VENV must say where tools/python.sh has installed schemathesis."));
        String gateway = new Local(context, Local.Wish.passing(Packaging.JAR)).startGateway();
        context.screen().line("Fuzzing " + gateway + "/q/openapi ...");
        Path bin = context.root().resolve(venv).resolve("bin");
        Path contract = context.root().resolve("tools/contract");
        String document = gateway + "/q/openapi?format=json";
        Foreground.run(
                List.of(
                        bin.resolve("python").toString(),
                        contract.resolve("valid.py").toString(),
                        document),
                context.directory(),
                Map.of());
        List<String> fuzzing =
                new ArrayList<>(List.of(bin.resolve("schemathesis").toString(), "--config-file"));
        fuzzing.addAll(List.of(contract.resolve("schemathesis.toml").toString(), "run", document));
        fuzzing.addAll(OPTIONS);
        Foreground.run(fuzzing, context.directory(), Map.of());
    }
}
