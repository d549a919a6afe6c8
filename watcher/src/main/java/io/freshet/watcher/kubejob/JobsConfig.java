package io.freshet.watcher.kubejob;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.util.Optional;

/** What Jobs are made of. */
@ConfigMapping(prefix = "freshet.bursts")
public interface JobsConfig {

    /** {@code BURSTS}: {@code auto} makes Jobs in a cluster's pod only, {@code on} wherever there is a kubeconfig. */
    @WithDefault("auto")
    String enabled();

    /** {@code ACIHOSTNAME}: the only virtual node that is used; any without it. */
    Optional<String> hostName();

    /** {@code JOBNAMESPACE}: where Jobs are made; in the watcher's own without it. */
    Optional<String> namespace();

    /** {@code FRESHET_INSTANCE}: tells the objects of this installation from those of others in the namespace. */
    @WithDefault("freshet")
    String instance();

    /** {@code JOBIMAGE}. */
    @WithDefault("freshet-worker")
    String image();

    /** {@code JOBIMAGEPULLSECRET}. */
    Optional<String> imagePullSecret();

    /** {@code JOBSECRET}: a Secret whose keys are variables of the pods: what opens storage. */
    Optional<String> secret();

    /** {@code JOBSERVICEACCOUNTNAME}: whose workload identity opens storage. */
    Optional<String> serviceAccount();

    /** {@code JOBCPULIMIT}: of a pod in the cluster. */
    @WithDefault("0.5")
    String cpu();

    /** {@code JOBMEMORYLIMIT}: of a pod in the cluster. */
    @WithDefault("256Mi")
    String memory();

    /** {@code ACIJOBCPULIMIT}: of a pod on virtual nodes. */
    @WithDefault("1")
    String aciCpu();

    /** {@code ACIJOBMEMORYLIMIT}: of a pod on virtual nodes. */
    @WithDefault("1Gi")
    String aciMemory();

    /** {@code JOBFINALIZERIMAGE}; {@link #image} without it. */
    Optional<String> finalizerImage();

    /** {@code JOBFINALIZERCPULIMIT}. */
    @WithDefault("0.5")
    String finalizerCpu();

    /** {@code JOBFINALIZERMEMORYLIMIT}. */
    @WithDefault("256Mi")
    String finalizerMemory();
}
