package io.freshet.watcher.kubejob;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.freshet.run.RunId;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Labels that identify our objects. Objects of other installations or owners are never touched. */
final class Labels {
    static final String INSTANCE = "app.kubernetes.io/instance";
    static final String COMPONENT = "app.kubernetes.io/component";
    private static final String JOB_NAME = "batch.kubernetes.io/job-name";
    static final String RUN = "job_correlation_id";
    private static final String CREATED_BY = "created_by";
    private static final String CREATOR = "aksscheduler";

    private Labels() {}

    /** Labels of all objects of an installation. */
    static Map<String, String> of(String instance) {
        return Map.of(INSTANCE, instance, CREATED_BY, CREATOR);
    }

    /** Labels of the objects of a run. */
    static Map<String, String> of(String instance, RunId run) {
        return Map.of(INSTANCE, instance, CREATED_BY, CREATOR, RUN, run.toString());
    }

    /** With the recommended labels for people and tools. */
    static Map<String, String> described(String instance, RunId run, String component) {
        Map<String, String> labels = new TreeMap<>(of(instance, run));
        labels.put("app.kubernetes.io/name", "freshet");
        labels.put(COMPONENT, component);
        labels.put("app.kubernetes.io/managed-by", "freshet-watcher");
        return labels;
    }

    static boolean areOf(HasMetadata object, String instance, RunId run) {
        Map<String, String> labels = object.getMetadata().getLabels();
        return labels != null && labels.entrySet().containsAll(of(instance, run).entrySet());
    }

    /** Name of the Job that a pod belongs to; empty if there is none. */
    static String job(HasMetadata pod) {
        Map<String, String> labels = pod.getMetadata().getLabels();
        return labels == null ? "" : labels.getOrDefault(JOB_NAME, "");
    }

    static Optional<RunId> run(HasMetadata object) {
        Map<String, String> labels = object.getMetadata().getLabels();
        return Optional.ofNullable(labels == null ? null : labels.get(RUN)).flatMap(RunId::read);
    }
}
