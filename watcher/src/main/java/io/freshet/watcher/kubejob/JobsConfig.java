package io.freshet.watcher.kubejob;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.util.Optional;

/** Settings of Jobs. */
@ConfigMapping(prefix = "freshet.bursts")
public interface JobsConfig {

    /**
     * {@code BURSTS}: {@code auto} creates Jobs only if the watcher runs in a cluster, {@code on} wherever there is a
     * kubeconfig.
     */
    @WithDefault("auto")
    String enabled();

    /** {@code ACIHOSTNAME}: the only virtual node to use; any by default. */
    Optional<String> hostName();

    /** {@code JOBNAMESPACE}: namespace of Jobs; the watcher's own by default. */
    Optional<String> namespace();

    /**
     * {@code FRESHET_INSTANCE}: distinguishes the objects of this installation from those of others in the namespace.
     */
    @WithDefault("freshet")
    String instance();

    /** {@code JOBIMAGE}. */
    @WithDefault("freshet-worker")
    String image();

    /** {@code JOBIMAGEPULLSECRET}. */
    Optional<String> imagePullSecret();

    /** {@code JOBSECRET}: a Secret whose keys become variables of the pods, for access to storage. */
    Optional<String> secret();

    /** {@code JOBSERVICEACCOUNTNAME}: service account whose workload identity has access to storage. */
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

    /** {@code JOBFINALIZERIMAGE}; {@link #image} by default. */
    Optional<String> finalizerImage();

    /** {@code JOBFINALIZERCPULIMIT}. */
    @WithDefault("0.5")
    String finalizerCpu();

    /** {@code JOBFINALIZERMEMORYLIMIT}. */
    @WithDefault("256Mi")
    String finalizerMemory();
}
