package io.freshet.azure.identity;

import io.freshet.settings.Variable;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.util.Optional;

/**
 * Which storage account, and as whom. A connection string wins, then account and key; an account alone means workload
 * identity ({@code DefaultAzureCredential}). Without any of them no service starts.
 */
@ConfigMapping(prefix = "freshet.storage")
public interface StorageConfig {

    @Variable(value = "AZURE_STORAGE_CONNECTION_STRING", secret = true, description = """
            Connection string of the storage account, with its key, or of the emulator. Takes precedence over
            `STORAGEACCOUNT` and `STORAGEKEY`""")
    Optional<String> connectionString();

    @Variable(value = "STORAGEACCOUNT", description = """
            Name of the storage account. Without a key: workload identity (`DefaultAzureCredential`)""")
    Optional<String> account();

    @Variable(value = "STORAGEKEY", secret = true, description = "Key of the storage account")
    Optional<String> key();

    @Variable(value = "STORAGESUFFIX", description = "Endpoint suffix, for other Azure clouds")
    @WithDefault("core.windows.net")
    String suffix();

    @Variable(value = "CONTAINER", description = "Container for runs")
    @ContainerName
    @WithDefault("jobs")
    String container();

    @Variable(value = "INPUTSTORAGECONTAINERNAME", description = "Container for inputs of orchestrations")
    @ContainerName
    @WithDefault("input")
    String inputContainer();

    @Variable(value = "OUTPUTSTORAGECONTAINERNAME", description = "Container for outputs of orchestrations")
    @ContainerName
    @WithDefault("output")
    String outputContainer();
}
