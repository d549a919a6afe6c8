package io.freshet.harness.cluster;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.freshet.harness.process.Foreground.Outcome;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A release of the chart, with what it needs to work with a storage emulator: no Event Grid, and any port. Nobody needs a
 * key: its gateway is reached by a port of this machine alone.
 */
public final class ChartRelease {
    private static final String CHART = "kubernetes/chart";
    private static final String LIMIT = "3m";

    private final ClusterPrograms programs;
    private final String namespace;
    private final String name;
    private final Map<String, Object> settings = new HashMap<>();
    private final Map<String, Object> values = new HashMap<>();
    private final List<String> further = new ArrayList<>();

    /** Not installed yet. */
    public ChartRelease(ClusterPrograms programs, String namespace, String name) {
        this.programs = programs;
        this.namespace = namespace;
        this.name = name;
        set("AUTH", "none").set("FRESHET_EVENTS", "direct");
        with("networkPolicy", Map.of("egress", List.of(Map.of())));
    }

    public String namespace() {
        return namespace;
    }

    public String name() {
        return name;
    }

    /** A variable of the README's table. */
    @CanIgnoreReturnValue
    public ChartRelease set(String variable, Object value) {
        settings.put(variable, value);
        return this;
    }

    /** A value of the chart other than its settings. */
    @CanIgnoreReturnValue
    public ChartRelease with(String value, Object content) {
        values.put(value, content);
        return this;
    }

    /** Values as {@code --set} takes them, which count for more than the others. */
    @CanIgnoreReturnValue
    public ChartRelease with(List<String> assignments) {
        further.addAll(assignments);
        return this;
    }

    /** With the connection string where the chart looks for it. */
    public void createNamespace(String connectionString) {
        programs.createNamespace(namespace);
        programs.createSecret(namespace, connectionString);
    }

    /** Returns when all is ready. */
    public void install() {
        change("install");
    }

    /** Puts what was set since into effect; returns when all is ready. */
    public void upgrade() {
        change("upgrade");
    }

    private void change(String command) {
        Map<String, Object> all = new HashMap<>(values);
        all.put("settings", settings);
        PrivateFile.with(all, file -> {
            List<String> arguments = new ArrayList<>(List.of(command, name, CHART, "--values", file));
            further.forEach(assignment -> arguments.addAll(List.of("--set", assignment)));
            programs.helm(waiting(arguments.toArray(String[]::new)));
        });
    }

    public void rollback() {
        programs.helm(waiting("rollback", name));
    }

    /** What {@code helm test} comes to, and prints. */
    public Outcome test() {
        return programs.tryHelm("test", name, "--namespace", namespace, "--timeout", LIMIT);
    }

    public void uninstall() {
        programs.helm(waiting("uninstall", name));
    }

    /** Uninstalls it if it is there, and deletes its namespace; returns when all is gone. */
    public void remove() {
        programs.tryHelm(waiting("uninstall", name, "--ignore-not-found"));
        programs.kubectl("delete", "namespace", namespace, "--ignore-not-found");
    }

    /** In its namespace. */
    @CanIgnoreReturnValue
    public String kubectl(String... arguments) {
        return programs.kubectl(Stream.concat(Stream.of(arguments), Stream.of("--namespace", namespace))
                .toArray(String[]::new));
    }

    private String[] waiting(String... arguments) {
        return Stream.concat(Stream.of(arguments), Stream.of("--namespace", namespace, "--wait", "--timeout", LIMIT))
                .toArray(String[]::new);
    }
}
