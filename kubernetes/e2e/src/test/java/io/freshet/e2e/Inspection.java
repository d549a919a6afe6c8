package io.freshet.e2e;

import static org.assertj.core.api.Assertions.assertThat;

/** What has to be true of a run when it is over. */
final class Inspection {
    private final Release release;
    private final Freshet freshet;

    Inspection(Release release) {
        this.release = release;
        this.freshet = release.freshet();
    }

    /** The results are right to the byte; then the job is deleted, and nothing of it is left anywhere. */
    void rightAndThenGone(ClusterGateway gateway, String job, String results) {
        right(gateway, job, results);
        gateway.delete("/jobs/" + job);
        gone(gateway, job);
    }

    void right(ClusterGateway gateway, String job, String results) {
        freshet.awaitStatus(gateway, job, "Complete");

        assertThat(gateway.text("/jobs/" + job + "/results")).isEqualTo(results);
    }

    /** No blob, message, worker, Job, pod or Secret of a deleted job is left. */
    void gone(ClusterGateway gateway, String job) {
        String number = job.substring(job.lastIndexOf('-') + 1);
        Freshet.await("job " + job + " is deleted").until(() -> gateway.status("/jobs/" + job) == 404);
        Freshet.await("no blob is left")
                .untilAsserted(() -> assertThat(Storage.get().blobs(release.container(), ""))
                        .noneMatch(blob -> blob.contains(number)));
        Freshet.await("no message is left")
                .untilAsserted(() -> assertThat(Storage.get().messages(release.queuePrefix()))
                        .isEmpty());
        freshet.awaitNoWorker();
        new Bursts(release).nothingLeft(job);
    }
}
