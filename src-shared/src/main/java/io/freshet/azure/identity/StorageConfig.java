package io.freshet.azure.identity;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.util.Optional;

/**
 * Which storage account, and as whom. A connection string wins, then account and key; an account alone means workload
 * identity ({@code DefaultAzureCredential}). Without any of them no service starts.
 */
@ConfigMapping(prefix = "freshet.storage")
public interface StorageConfig {

    /** {@code AZURE_STORAGE_CONNECTION_STRING}; what the emulator needs. A secret. */
    Optional<String> connectionString();

    /** {@code STORAGEACCOUNT}. */
    Optional<String> account();

    /** {@code STORAGEKEY}. A secret. */
    Optional<String> key();

    /** {@code STORAGESUFFIX}: another cloud's endpoint suffix. */
    @WithDefault("core.windows.net")
    String suffix();

    /** {@code CONTAINER}: where runs are kept. */
    @WithDefault("jobs")
    String container();

    /** {@code INPUTSTORAGECONTAINERNAME}: where the inputs of orchestrations are. */
    @WithDefault("input")
    String inputContainer();

    /** {@code OUTPUTSTORAGECONTAINERNAME}: where workers put the outputs of orchestrations. */
    @WithDefault("output")
    String outputContainer();
}
