package io.freshet.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;

import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** What the cluster has for the runs of a release that burst. */
final class Bursts {
    private static final String RUN = "job_correlation_id";

    private final KubernetesClient client = Cluster.get().client();
    private final Release release;
    private final String namespace;

    Bursts(Release release) {
        this.release = release;
        this.namespace = release.namespace();
    }

    /** Waits until it has one. */
    Job awaitJob(String run) {
        Freshet.await("job " + run + " has a Job").until(() -> !jobs(run).isEmpty());
        return jobs(run).getFirst();
    }

    void awaitRunning(String run, int pods) {
        Freshet.await(pods + " pods of job " + run + " run")
                .until(() -> pods(run).stream()
                                .filter(pod -> "Running".equals(pod.getStatus().getPhase()))
                                .count()
                        >= pods);
    }

    void awaitNoPod(String run) {
        Freshet.await("no pod of job " + run + " is left").until(() -> pods(run).isEmpty());
    }

    List<Job> jobs(String run) {
        return client.batch()
                .v1()
                .jobs()
                .inNamespace(namespace)
                .withLabel(RUN, run)
                .list()
                .getItems();
    }

    List<Pod> pods(String run) {
        return client.pods().inNamespace(namespace).withLabel(RUN, run).list().getItems();
    }

    /** Reasons of what the watcher has told about a run's Jobs. */
    List<String> news(String run) {
        return client.v1().events().inNamespace(namespace).withLabel(RUN, run).list().getItems().stream()
                .map(Event::getReason)
                .toList();
    }

    /** Waits until the job says where it is, and why; returns what it says. */
    String awaitReason(ClusterGateway gateway, String job, String part) {
        Freshet.await("job " + job + " says " + part).until(() -> reason(gateway, job), said -> said.contains(part));
        return reason(gateway, job);
    }

    private static String reason(ClusterGateway gateway, String job) {
        return gateway.get("/jobs/" + job).path("reason").asText();
    }

    static boolean isOnVirtualNodes(JsonNode job) {
        return job.path("executionLocation").asText().equals("aci")
                && job.path("runningOnAci").asBoolean();
    }

    /** Looked for by label: not everything has an owner that would take it along. */
    void nothingLeft(String run) {
        Freshet.await("no object of job " + run + " is left")
                .untilAsserted(() -> assertThat(objects(run)).isEmpty());
    }

    private List<String> objects(String run) {
        Stream<HasMetadata> secrets =
                client.secrets().inNamespace(namespace).withLabel(RUN, run).list().getItems().stream()
                        .map(HasMetadata.class::cast);
        return Stream.of(jobs(run).stream(), pods(run).stream(), secrets)
                .flatMap(objects -> objects)
                .map(object -> object.getKind() + " " + object.getMetadata().getName())
                .toList();
    }

    /** Lets the next bursts find out anew what virtual nodes accept: the watcher remembers it for minutes. */
    void forgetWhatWasAccepted() {
        Freshet freshet = release.freshet();
        Pod watcher = freshet.ready("watcher").getFirst();
        freshet.kill(watcher);
        freshet.awaitAnother(watcher);
    }
}
