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

    @Variable(
            value = "AZURE_STORAGE_CONNECTION_STRING",
            secret = true,
            says = "Storage account, with its key or for the emulator. Wins over the next two")
    Optional<String> connectionString();

    @Variable(
            value = "STORAGEACCOUNT",
            says = "Name of the storage account. Without a key: workload identity (`DefaultAzureCredential`)")
    Optional<String> account();

    @Variable(value = "STORAGEKEY", secret = true, says = "Key of the storage account")
    Optional<String> key();

    @Variable(value = "STORAGESUFFIX", says = "Endpoint suffix of another cloud")
    @WithDefault("core.windows.net")
    String suffix();

    @Variable(value = "CONTAINER", says = "Container that runs are kept in")
    @ContainerName
    @WithDefault("jobs")
    String container();

    @Variable(value = "INPUTSTORAGECONTAINERNAME", says = "Container of the inputs of orchestrations")
    @ContainerName
    @WithDefault("input")
    String inputContainer();

    @Variable(value = "OUTPUTSTORAGECONTAINERNAME", says = "Container of the outputs of orchestrations")
    @ContainerName
    @WithDefault("output")
    String outputContainer();
}
