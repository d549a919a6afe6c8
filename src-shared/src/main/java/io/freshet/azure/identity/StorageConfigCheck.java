package io.freshet.azure.identity;

import io.freshet.settings.WrongSettings;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import java.util.Arrays;
import java.util.Base64;

/** Refuses to start with a storage configuration that cannot work, and says which variable to set. */
@Singleton
final class StorageConfigCheck {
    private final StorageConfig config;

    StorageConfigCheck(StorageConfig config) {
        this.config = config;
    }

    void onStart(@Observes @Priority(1) StartupEvent event) {
        check();
    }

    /** Throws {@link WrongSettings} that names the variable and the remedy, never its value. */
    void check() {
        if (config.connectionString().isPresent()) {
            checkConnectionString(config.connectionString().get());
            return;
        }
        if (config.account().isEmpty()) {
            throw new WrongSettings("No storage account is configured: set AZURE_STORAGE_CONNECTION_STRING,"
                    + " or STORAGEACCOUNT with STORAGEKEY, or STORAGEACCOUNT alone to use workload identity");
        }
        if (!config.account().get().matches("[a-z0-9]{3,24}")) {
            throw new WrongSettings(
                    "STORAGEACCOUNT is not the name of a storage account: 3 to 24 lower-case letters and digits");
        }
        config.key().ifPresent(StorageConfigCheck::checkKey);
    }

    private static void checkConnectionString(String text) {
        boolean development = text.contains("UseDevelopmentStorage=true");
        boolean complete = Arrays.stream(text.split(";"))
                .anyMatch(p -> p.startsWith("AccountName=") || p.startsWith("BlobEndpoint="));
        if (!development && !complete) {
            throw new WrongSettings("AZURE_STORAGE_CONNECTION_STRING is not a connection string: it needs"
                    + " AccountName and AccountKey, or BlobEndpoint and QueueEndpoint");
        }
    }

    private static void checkKey(String key) {
        try {
            Base64.getDecoder().decode(key);
        } catch (IllegalArgumentException e) {
            throw new WrongSettings(
                    "STORAGEKEY is not Base64: copy the key again from the storage account's access keys");
        }
    }
}
