package io.freshet.settings;

import io.freshet.run.RunId;

import java.time.Duration;
import java.util.List;

/**
 * Something that users set, which can be set wrongly. The account and its key are checked by whoever uses them.
 *
 * @param property what it stands for; only a service that has the property reads the variable
 * @param variable as in the README's table
 */
record Setting(String property, String variable, Rule rule) {
    private static final int SHOWN = 64;
    private static final Duration SHORTEST = Duration.ofMillis(1);

    private static final Rule CONTAINER = Rule.name(
            "(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*",
            "the name of a container: 3 to 63 lower-case letters, digits and single hyphens",
            "jobs");
    private static final Rule CONTAINERS = Rule.name(
            "[a-z0-9-]{3,63}(\\s*,\\s*[a-z0-9-]{3,63})*", "names of containers with commas between them", "inputs");
    private static final Rule QUEUE = Rule.name(
            "(?=.{3,56}$)[a-z0-9]+(-[a-z0-9]+)*",
            "the name of a queue: 3 to 56 lower-case letters, digits and single hyphens, the prefix included",
            "input");
    private static final Rule HOSTS = Rule.name(
            "[A-Za-z0-9.-]+(:\\d+)?(\\s*,\\s*[A-Za-z0-9.-]+(:\\d+)?)*",
            "hosts with commas between them, without https:// or a path",
            "localhost");
    private static final String COMPUTATION = "[A-Za-z0-9][A-Za-z0-9._-]{0,62}";
    private static final Rule HANDLER = Rule.name(
            COMPUTATION, "the name of a computation: letters, digits, '.', '_' and '-', 63 at most", "calculator");
    private static final Rule HANDLERS = Rule.name(
            COMPUTATION + "(\\s*,\\s*" + COMPUTATION + ")*",
            "names of computations with commas between them, each of letters, digits, '.', '_' and '-'",
            "calculator");
    private static final Rule VARIABLES = Rule.name(
            "[A-Za-z_]\\w*(\\s*,\\s*[A-Za-z_]\\w*)*",
            "names of environment variables with commas between them",
            "MODEL_DIR");
    private static final Rule RUN =
            new Rule(text -> RunId.read(text).isPresent(), "the id of a job", "2026-11-8204547339091167127");
    private static final Rule QUANTITY = Rule.name(
            "\\d+(\\.\\d+)?(m|k|K|M|G|T|Ki|Mi|Gi|Ti)?", "a quantity of Kubernetes, such as 0.5, 500m or 256Mi", "1");
    private static final Rule OBJECT = Rule.name(
            "(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*",
            "the name of a Kubernetes object: lower-case letters, digits, '-' and '.'",
            "freshet");
    private static final Rule LABEL = Rule.name(
            "(?=.{1,63}$)[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?",
            "the value of a Kubernetes label: 63 letters, digits, '-', '_' and '.' at most",
            "freshet");
    private static final Rule IMAGE =
            Rule.name("[A-Za-z0-9][^\\s]{0,511}", "the name of an image, such as registry/name:tag", "freshet-worker");
    private static final Rule MODES = Rule.name(
            "none|(key|oidc)(\\s*,\\s*(key|oidc))*",
            "none, key, oidc, or key and oidc with a comma between them",
            "key");
    private static final Rule SWITCH = Rule.oneOf("true", "false");

    static final List<Setting> ALL = List.of(
            new Setting("freshet.storage.container", "CONTAINER", CONTAINER),
            new Setting("freshet.storage.input-container", "INPUTSTORAGECONTAINERNAME", CONTAINER),
            new Setting("freshet.storage.output-container", "OUTPUTSTORAGECONTAINERNAME", CONTAINER),
            new Setting("freshet.queues.work", "WORKQUEUE", QUEUE),
            new Setting("freshet.queues.priority", "PRIORITYQUEUE", QUEUE),
            new Setting("freshet.queues.input", "INPUTQUEUE", QUEUE),
            new Setting("freshet.queues.events", "EVENTSQUEUE", QUEUE),
            new Setting("freshet.queues.control", "CONTROLQUEUE", QUEUE),
            new Setting("freshet.http.management", "MANAGEMENTPORT", Rule.wholeNumber(1, 65_535)),
            new Setting("DEBUGLOG", "DEBUGLOG", SWITCH),
            new Setting("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT", Rule.address()),
            new Setting("freshet.jobs.items-per-job", "ITEMSPERJOB", Rule.wholeNumber(1)),
            new Setting("freshet.jobs.max-parallelism", "MAXPARALLELISM", Rule.wholeNumber(1)),
            new Setting("freshet.jobs.handler", "DEFAULTHANDLER", HANDLER),
            new Setting("freshet.jobs.handlers", "HANDLERS", HANDLERS),
            new Setting("freshet.jobs.max-line-bytes", "MAXLINEBYTES", Rule.wholeNumber(1, 1 << 30)),
            new Setting("freshet.jobs.max-parts", "MAXPARTS", Rule.wholeNumber(1, 10_000_000)),
            new Setting("freshet.jobs.max-input-bytes", "MAXINPUTBYTES", Rule.memory(1)),
            new Setting("freshet.jobs.upload-memory", "UPLOADMEMORY", Rule.memory(1 << 20)),
            new Setting("freshet.inputs.hosts", "INPUTHOSTS", HOSTS),
            new Setting("freshet.inputs.containers", "INPUTCONTAINERS", CONTAINERS),
            new Setting("freshet.auth.modes", "AUTH", MODES),
            new Setting("freshet.auth.scope", "AUTHSCOPE", Rule.oneOf("all", "own")),
            new Setting("freshet.auth.issuer", "OIDCISSUER", Rule.address()),
            new Setting("quarkus.oidc.jwks-path", "OIDCJWKS", Rule.address()),
            new Setting("quarkus.http.limits.max-connections", "MAXCONNECTIONS", Rule.wholeNumber(1)),
            new Setting("freshet.orchestrations.public-url", "PUBLICURL", Rule.address()),
            new Setting("quarkus.http.proxy.proxy-address-forwarding", "PROXYFORWARDING", SWITCH),
            new Setting("quarkus.shutdown.timeout", "FRESHET_GRACE", Rule.duration(Duration.ZERO)),
            new Setting("freshet.worker.mode", "FRESHET_WORKER_MODE", Rule.oneOf("serve", "drain")),
            new Setting("freshet.worker.run-id", "FRESHET_RUN_ID", RUN),
            new Setting("freshet.worker.concurrency", "WORKER_CONCURRENCY", Rule.wholeNumber(1, 1024)),
            new Setting("freshet.worker.max-dequeue-count", "MAXDEQUEUECOUNT", Rule.wholeNumber(1)),
            new Setting("freshet.worker.grace", "FRESHET_GRACE", Rule.duration(Duration.ZERO)),
            new Setting("freshet.worker.events", "FRESHET_EVENTS", Rule.oneOf("eventgrid", "direct")),
            new Setting("freshet.worker.max-line-bytes", "MAXLINEBYTES", Rule.wholeNumber(1, 1 << 30)),
            new Setting("freshet.exec.env", "EXEC_ENV", VARIABLES),
            new Setting("freshet.exec.timeout", "EXEC_TIMEOUT", Rule.duration(SHORTEST)),
            new Setting("freshet.exec.kill-after", "EXEC_KILL_AFTER", Rule.duration(Duration.ZERO)),
            new Setting("freshet.watcher.reconcile-interval", "RECONCILEINTERVAL", Rule.duration(SHORTEST)),
            new Setting("freshet.watcher.dispatch-window", "DISPATCHWINDOW", Rule.wholeNumber(1, 100_000)),
            new Setting("freshet.watcher.abandoned-after", "ABANDONEDAFTER", Rule.duration(SHORTEST)),
            new Setting("freshet.watcher.grace", "FRESHET_GRACE", Rule.duration(Duration.ZERO)),
            new Setting("freshet.watcher.retention", "RETENTION", Rule.duration(SHORTEST)),
            new Setting("freshet.scaler.worker-concurrency", "WORKER_CONCURRENCY", Rule.wholeNumber(1, 1024)),
            new Setting("freshet.bursts.enabled", "BURSTS", Rule.oneOf("auto", "on", "off")),
            new Setting("freshet.bursts.trigger", "ACICOMPLETIONSTRIGGER", Rule.wholeNumber(0)),
            new Setting("freshet.bursts.max-parallelism", "ACIMAXPARALLELISM", Rule.wholeNumber(1, 10_000)),
            new Setting("freshet.bursts.start-timeout", "BURSTSTARTTIMEOUT", Rule.duration(Duration.ofSeconds(1))),
            new Setting("freshet.bursts.nodes", "ACINODES", Rule.oneOf("v1", "v2")),
            new Setting("freshet.bursts.host-name", "ACIHOSTNAME", OBJECT),
            new Setting("freshet.bursts.namespace", "JOBNAMESPACE", OBJECT),
            new Setting("freshet.bursts.instance", "FRESHET_INSTANCE", LABEL),
            new Setting("freshet.bursts.image", "JOBIMAGE", IMAGE),
            new Setting("freshet.bursts.image-pull-secret", "JOBIMAGEPULLSECRET", OBJECT),
            new Setting("freshet.bursts.secret", "JOBSECRET", OBJECT),
            new Setting("freshet.bursts.service-account", "JOBSERVICEACCOUNTNAME", OBJECT),
            new Setting("freshet.bursts.cpu", "JOBCPULIMIT", QUANTITY),
            new Setting("freshet.bursts.memory", "JOBMEMORYLIMIT", QUANTITY),
            new Setting("freshet.bursts.aci-cpu", "ACIJOBCPULIMIT", QUANTITY),
            new Setting("freshet.bursts.aci-memory", "ACIJOBMEMORYLIMIT", QUANTITY),
            new Setting("freshet.bursts.finalizer-image", "JOBFINALIZERIMAGE", IMAGE),
            new Setting("freshet.bursts.finalizer-cpu", "JOBFINALIZERCPULIMIT", QUANTITY),
            new Setting("freshet.bursts.finalizer-memory", "JOBFINALIZERMEMORYLIMIT", QUANTITY),
            new Setting("mp.messaging.outgoing.completions.endpoint", "EVENTGRIDENDPOINT", Rule.address()));

    boolean isWrong(String text) {
        return !text.isEmpty() && rule.isBrokenBy(text);
    }

    String complaint(String text) {
        String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
        return variable + " is '" + shown + "' and has to be " + rule.wanted();
    }
}
