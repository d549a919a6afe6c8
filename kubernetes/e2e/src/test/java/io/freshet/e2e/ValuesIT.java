package io.freshet.e2e;

import io.freshet.harness.process.Foreground.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The chart refuses what it does not know, before anything is installed, and says what it was. */
class ValuesIT {
    private final Cluster cluster = Cluster.get();

    @ParameterizedTest
    @CsvSource({
        "settings.ITEMPERJOB=3, ITEMPERJOB",
        "settings.ITEMSPERJOB=many, ITEMSPERJOB",
        "settings.DISPATCHWINDOW=0, DISPATCHWINDOW",
        "settings.RETENTION=soon, RETENTION",
        "settings.FRESHET_EVENTS=grid, FRESHET_EVENTS",
        "settings.STORAGEKEY=secret, STORAGEKEY",
        "settings.FRESHET_WORKER_MODE=drain, FRESHET_WORKER_MODE",
        "scale.maxReplicas=3, maxReplicas",
        "scale.minReplicaCount=none, minReplicaCount",
        "scale.trigger=cron, trigger",
        "image.repo=worker, repo",
        "storage.inputQueueName=Input, inputQueueName",
        "gateway.replicas=0, replicas",
        "gateway.service.type=ExternalName, type",
        "resource.limits.cpu=1, resource",
    })
    void aMisspeltOrWrongValueIsRefusedByName(String value, String named) {
        Outcome outcome =
                cluster.tryHelm("install", "wrong", "kubernetes/chart", "--namespace", "default", "--set", value);

        assertThat(outcome.exit()).isNotZero();
        assertThat(outcome.said()).contains(named);
        assertThat(cluster.helm("list", "--namespace", "default", "--all", "--short"))
                .isEmpty();
    }

    @Test
    void theServerAcceptsTheValuesOfDurableFuncAksKeda() {
        String rendered = cluster.helm(
                "template",
                "compute",
                "kubernetes/chart",
                "--namespace",
                "default",
                "--set",
                "image.registry=example.azurecr.io,image.repository=compute,image.tag=latest,replicas=1",
                "--set",
                "storage.storageAccountName=example,storage.inputQueueName=input",
                "--set",
                "storage.inputStorageContainerName=input,storage.outputStorageContainerName=output",
                "--set",
                "resources.requests.cpu=2,resources.requests.memory=4Gi",
                "--set",
                "scale.pollingInterval=5,scale.cooldownPeriod=30,scale.minReplicaCount=0,scale.maxReplicaCount=20",
                "--set",
                "scale.loopSleepTimeInSeconds=5",
                "--set-string",
                "scale.targetLengthOfQueue=5");

        assertThat(cluster.dryRun(rendered)).contains("deployment.apps/compute-freshet-worker created");
        assertThat(rendered).contains("memory: 4Gi", "WORKER_CONCURRENCY: \"2\"", "example.azurecr.io/compute:latest");
    }

    @Test
    void theServerAcceptsWhatTheChartMakesOfEveryValue() {
        String rendered = cluster.helm(
                "template",
                "all",
                "kubernetes/chart",
                "--namespace",
                "default",
                "--values",
                "kubernetes/e2e/src/test/resources/every-value.yaml");

        assertThat(cluster.dryRun(rendered)).contains("(server dry run)");
    }
}
