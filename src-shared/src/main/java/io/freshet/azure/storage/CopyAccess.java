package io.freshet.azure.storage;

import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.HttpAuthorization;
import com.azure.storage.blob.BlobContainerAsyncClient;
import com.azure.storage.blob.sas.BlobContainerSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import io.freshet.azure.AzureCalls;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.function.Supplier;

/** Grants the service read access to one of our blobs while it copies a block from it. */
public interface CopyAccess {

    /** How to read {@code url}: the URL to give to the service, and what to authorize it with. */
    Uni<Grant> toRead(String url);

    /** @param authorization null if the URL itself grants access */
    record Grant(String url, @Nullable HttpAuthorization authorization) {}

    /** A SAS for the container, signed with the account key and replaced before it expires. */
    static CopyAccess bySharedKey(BlobContainerAsyncClient container, Clock clock) {
        return new SignedUrls(container, clock);
    }

    /** The SAS that we ourselves were given. */
    static CopyAccess bySas(String sas) {
        return url -> Uni.createFrom().item(new Grant(url + "?" + sas, null));
    }

    /** The caller's own Entra token. */
    static CopyAccess byIdentity(Supplier<TokenCredential> identity, AzureCalls calls) {
        TokenRequestContext storage = new TokenRequestContext().addScopes("https://storage.azure.com/.default");
        return url -> calls.call("GetToken", () -> identity.get().getToken(storage))
                .map(token -> new Grant(url, new HttpAuthorization("Bearer", token.getToken())));
    }

    /** Signs once and reuses the signature for half of its lifetime. */
    final class SignedUrls implements CopyAccess {
        private static final Duration VALID = Duration.ofHours(2);

        private final BlobContainerAsyncClient container;
        private final Clock clock;
        private volatile Signature signature = new Signature("", OffsetDateTime.MIN);

        private record Signature(String query, OffsetDateTime renewAt) {}

        SignedUrls(BlobContainerAsyncClient container, Clock clock) {
            this.container = container;
            this.clock = clock;
        }

        @Override
        public Uni<Grant> toRead(String url) {
            return Uni.createFrom().item(() -> new Grant(url + "?" + signature(), null));
        }

        private String signature() {
            OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
            Signature current = signature;
            if (now.isBefore(current.renewAt())) {
                return current.query();
            }
            BlobContainerSasPermission read = new BlobContainerSasPermission().setReadPermission(true);
            String query = container.generateSas(new BlobServiceSasSignatureValues(now.plus(VALID), read));
            signature = new Signature(query, now.plus(VALID.dividedBy(2)));
            return query;
        }
    }
}
