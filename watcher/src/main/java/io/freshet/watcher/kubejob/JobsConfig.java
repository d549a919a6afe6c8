package io.freshet.watcher.kubejob;

import io.freshet.settings.Text;
import io.freshet.settings.Variable;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.util.Optional;

/** Settings of Jobs. */
@ConfigMapping(prefix = "freshet.bursts")
public interface JobsConfig {

    @Variable(value = "ACIHOSTNAME", description = "The only virtual node to use. Default: any of the kind `ACINODES`")
    @ObjectName
    Optional<String> hostName();

    @Variable(value = "JOBNAMESPACE", description = "Namespace of Jobs. Default: the watcher's own")
    @ObjectName
    Optional<String> namespace();

    @Variable(value = "FRESHET_INSTANCE", description = """
            Distinguishes this installation's Jobs from those of others in the namespace, as the label
            `app.kubernetes.io/instance`""")
    @Text(
            pattern = "[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?",
            longest = 63,
            wanted = "the value of a Kubernetes label: 63 letters, digits, '-', '_' and '.' at most")
    @WithDefault("freshet")
    String instance();

    @Variable(value = "JOBIMAGE", description = "Image of burst pods")
    @ImageName
    @WithDefault("freshet-worker")
    String image();

    @Variable(value = "JOBIMAGEPULLSECRET", description = "Pull secret for the images of Jobs")
    @ObjectName
    Optional<String> imagePullSecret();

    @Variable(value = "JOBSECRET", description = """
            Secret whose keys become environment variables of burst pods, such as `AZURE_STORAGE_CONNECTION_STRING`.
            Without it, and always on virtual nodes v1, each job gets its own SAS for the account's blobs and
            queues, valid for seven days, if the watcher has the account's key""")
    @ObjectName
    Optional<String> secret();

    @Variable(value = "JOBSERVICEACCOUNTNAME", description = """
            Service account whose workload identity gives burst pods access to storage; not on virtual nodes v1""")
    @ObjectName
    Optional<String> serviceAccount();

    @Variable(value = "JOBCPULIMIT", description = "CPU limit of a burst pod on cluster nodes (jobs with `gpu`)")
    @Amount
    @WithDefault("0.5")
    String cpu();

    @Variable(value = "JOBMEMORYLIMIT", description = "Memory limit of such a pod")
    @Amount
    @WithDefault("256Mi")
    String memory();

    @Variable(value = "ACIJOBCPULIMIT", description = """
            CPU limit of a burst pod on virtual nodes, which is also its number of concurrent parts""")
    @Amount
    @WithDefault("1")
    String aciCpu();

    @Variable(value = "ACIJOBMEMORYLIMIT", description = "Memory limit of such a pod")
    @Amount
    @WithDefault("1Gi")
    String aciMemory();

    @Variable(value = "JOBFINALIZERIMAGE", description = """
            Image of the pod that merges the results of a large job. Default: `JOBIMAGE`""")
    @ImageName
    Optional<String> finalizerImage();

    @Variable(value = "JOBFINALIZERCPULIMIT", description = "CPU limit of that pod")
    @Amount
    @WithDefault("0.5")
    String finalizerCpu();

    @Variable(value = "JOBFINALIZERMEMORYLIMIT", description = "Memory limit of that pod")
    @Amount
    @WithDefault("256Mi")
    String finalizerMemory();
}
