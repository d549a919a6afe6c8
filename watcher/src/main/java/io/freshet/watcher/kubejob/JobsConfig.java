package io.freshet.watcher.kubejob;

import io.freshet.settings.Text;
import io.freshet.settings.Variable;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.util.Optional;

/** What Jobs are made of. */
@ConfigMapping(prefix = "freshet.bursts")
public interface JobsConfig {

    @Variable(value = "ACIHOSTNAME", says = "The only virtual node that is used; any of its kind without it")
    @ObjectName
    Optional<String> hostName();

    @Variable(value = "JOBNAMESPACE", says = "Namespace that Jobs are made in; the watcher's own without it")
    @ObjectName
    Optional<String> namespace();

    @Variable(value = "FRESHET_INSTANCE", says = """
            Tells this installation's Jobs from those of others in the namespace: their label
            `app.kubernetes.io/instance`""")
    @Text(
            pattern = "[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?",
            longest = 63,
            wanted = "the value of a Kubernetes label: 63 letters, digits, '-', '_' and '.' at most")
    @WithDefault("freshet")
    String instance();

    @Variable(value = "JOBIMAGE", says = "Image of the pods of bursts")
    @ImageName
    @WithDefault("freshet-worker")
    String image();

    @Variable(value = "JOBIMAGEPULLSECRET", says = "Secret that opens the registry of these images")
    @ObjectName
    Optional<String> imagePullSecret();

    @Variable(value = "JOBSECRET", says = """
            Secret whose keys are variables of these pods, such as `AZURE_STORAGE_CONNECTION_STRING`. Without it, and always
            on virtual nodes v1: a SAS for the account's blobs and queues, made for each job and good for seven days, if the
            watcher has a key""")
    @ObjectName
    Optional<String> secret();

    @Variable(value = "JOBSERVICEACCOUNTNAME", says = """
            Service account whose workload identity opens storage to these pods; not on virtual nodes v1""")
    @ObjectName
    Optional<String> serviceAccount();

    @Variable(value = "JOBCPULIMIT", says = "CPUs of a pod on nodes of the cluster: those of jobs with `gpu`")
    @Amount
    @WithDefault("0.5")
    String cpu();

    @Variable(value = "JOBMEMORYLIMIT", says = "Memory of such a pod")
    @Amount
    @WithDefault("256Mi")
    String memory();

    @Variable(value = "ACIJOBCPULIMIT", says = "CPUs of a pod on virtual nodes; it computes as many parts at once")
    @Amount
    @WithDefault("1")
    String aciCpu();

    @Variable(value = "ACIJOBMEMORYLIMIT", says = "Memory of such a pod")
    @Amount
    @WithDefault("1Gi")
    String aciMemory();

    @Variable(value = "JOBFINALIZERIMAGE", says = """
            Image of the pod that merges the results of a large job; `JOBIMAGE` without it""")
    @ImageName
    Optional<String> finalizerImage();

    @Variable(value = "JOBFINALIZERCPULIMIT", says = "CPUs of that pod")
    @Amount
    @WithDefault("0.5")
    String finalizerCpu();

    @Variable(value = "JOBFINALIZERMEMORYLIMIT", says = "Memory of that pod")
    @Amount
    @WithDefault("256Mi")
    String finalizerMemory();
}
