package io.freshet.azure.identity;

import com.azure.storage.common.sas.AccountSasPermission;
import com.azure.storage.common.sas.AccountSasResourceType;
import com.azure.storage.common.sas.AccountSasService;
import com.azure.storage.common.sas.AccountSasSignatureValues;
import com.azure.storage.common.sas.SasProtocol;
import io.freshet.storage.Secret;
import io.freshet.storage.StorageAccess;
import jakarta.inject.Singleton;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Signs SAS tokens with the account's key. They are account SAS because one for a container gives no access to queues.
 */
@Singleton
final class SignedAccess implements StorageAccess {
    private final StorageAccount account;
    private final StorageConfig config;
    private final Clock clock;

    SignedAccess(StorageAccount account, StorageConfig config, Clock clock) {
        this.account = account;
        this.config = config;
        this.clock = clock;
    }

    @Override
    public boolean canSign() {
        return config.connectionString()
                .map(text -> !hasSas(text))
                .orElse(config.key().isPresent());
    }

    @Override
    public Optional<Secret> connection(Duration valid) {
        return canSign() ? Optional.of(new Secret(signed(valid))) : Optional.empty();
    }

    static boolean hasSas(String connectionString) {
        return connectionString.contains("SharedAccessSignature=");
    }

    /** Without a start time: the clock of the service may be behind ours. */
    private String signed(Duration valid) {
        OffsetDateTime end = OffsetDateTime.ofInstant(clock.instant().plus(valid), ZoneOffset.UTC);
        // not for processing messages: its holders drain
        AccountSasPermission work = new AccountSasPermission()
                .setReadPermission(true)
                .setWritePermission(true)
                .setDeletePermission(true)
                .setListPermission(true)
                .setAddPermission(true)
                .setCreatePermission(true);
        AccountSasSignatureValues values = new AccountSasSignatureValues(
                end,
                work,
                new AccountSasService().setBlobAccess(true).setQueueAccess(true),
                new AccountSasResourceType().setContainer(true).setObject(true));
        String blobs = account.blobs().getAccountUrl();
        if (blobs.startsWith("https:")) {
            values.setProtocol(SasProtocol.HTTPS_ONLY);
        }
        return "BlobEndpoint=" + blobs + ";QueueEndpoint=" + account.queues().getQueueServiceUrl()
                + ";SharedAccessSignature=" + account.blobs().generateAccountSas(values);
    }
}
