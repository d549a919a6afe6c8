package io.freshet.harness.command;

import io.freshet.harness.Failure;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;

/** Starts everything on the well-known ports and keeps it up until the user ends it. */
final class Up {
    private static final Map<String, Integer> PORTS =
            Map.of("GATEWAY_PORT", 8080, "WATCHER_PORT", 8081, "AZURITE_PORT", 10_000);
    private static final String LOOPBACK = "http://127.0.0.1:";
    private static final String MANUAL = """

              dashboard  ${gateway}/      API  ${gateway}/q/openapi
              watcher    ${watcher}      storage  ${storage}      logs  ${logs}

            Make two lines, submit them, and look (Ctrl-C here ends everything):

              printf '%s\\n' '{"id":"1","value1":3123,"value2":321311,"op":"+"}' '{"id":"2","value1":1,"value2":3,"op":"/"}' > lines.json
              JOB=$(curl -sS -F file=@lines.json ${gateway}/jobs); echo "$JOB"
              curl -sS ${gateway}/jobs/$JOB
              curl -sSN ${gateway}/jobs/$JOB/events
              curl -sS ${gateway}/jobs/$JOB/results
              curl -sS ${gateway}/jobs/$JOB/errors

            Start an orchestration of a thousand inputs; the answer says where its status is:

              curl -sS -X POST '${gateway}/api/orchestrators/ComputeOrchestrator?inputCount=1000'
            """;

    private Up() {}

    static void run(Context context) {
        Local.Wish wish = new Local.Wish(
                PORTS,
                List.of("blob", "queue", "table"),
                Local.packaging(context.settings()),
                Supervision.Workers.STARTED_AGAIN,
                Map.of());
        Local.Started started = new Local(context, wish).start();
        String gateway = LOOPBACK + started.gateway();
        context.screen().line("Freshet is up: " + gateway);
        context.screen()
                .line(MANUAL.replace("${gateway}", gateway)
                        .replace("${watcher}", LOOPBACK + started.watcher())
                        .replace("${storage}", LOOPBACK + started.storage())
                        .replace("${logs}", Context.relative(context.directory())));
        awaitBreak(started.running());
    }

    private static void awaitBreak(Running running) {
        try {
            running.broken().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof Failure failure ? failure : e;
        }
    }
}
