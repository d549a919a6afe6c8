package io.freshet.azure.storage;

import com.azure.storage.blob.BlobAsyncClient;
import com.azure.storage.blob.BlobUrlParts;
import io.freshet.azure.identity.StorageAccount;
import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;
import io.freshet.run.RunId;
import io.freshet.storage.InputUrl;
import io.freshet.storage.RunFiles;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Decides with whose rights a blob named by a caller is read. Our own credential is used only for the lines of runs and
 * for containers that the operator has opened to everybody; otherwise callers could read, through us, what they have no
 * right to.
 */
@Singleton
final class InputRules {
    private static final int HTTPS_PORT = 443;
    private static final int SHOWN = 100;

    private final StorageAccount account;
    private final List<String> hosts;
    private final List<String> containers;

    InputRules(StorageAccount account, InputsConfig config) {
        this.account = account;
        this.hosts = stripped(config.hosts());
        this.containers = stripped(config.containers());
    }

    private static List<String> stripped(Optional<List<String>> names) {
        return names.orElse(List.of()).stream().map(String::strip).toList();
    }

    /** With whose rights a blob is read. */
    enum Reader {
        /** With our own credential. */
        OURSELVES,
        /**
         * With the SAS that came with it, or anonymously: on a host that is not ours, or with the caller's own rights.
         */
        CALLER,
        /** Not at all. */
        NOBODY
    }

    /** Whether the blob is in the storage account's own blob service. */
    boolean isOwn(InputUrl url) {
        return url.place()
                .getRawAuthority()
                .equalsIgnoreCase(URI.create(account.blobs().getAccountUrl()).getRawAuthority());
    }

    /**
     * Decides on the parts of the address that go to storage.
     *
     * @param signed whether a SAS came with it
     */
    Reader reader(InputUrl url, BlobUrlParts parts, boolean signed) {
        boolean own = isOwn(url);
        checkHost(url, own);
        checkParts(parts, own);
        if (!own || signed) {
            return Reader.CALLER;
        }
        return isOpen(parts.getBlobContainerName(), parts.getBlobName()) ? Reader.OURSELVES : Reader.NOBODY;
    }

    private void checkHost(InputUrl url, boolean own) {
        String scheme = URI.create(account.blobs().getAccountUrl()).getScheme();
        if (own && !scheme.equalsIgnoreCase(url.place().getScheme())) {
            throw refused("must begin with " + scheme + "://, as the storage account does");
        }
        if (!own && !isAllowed(url.place())) {
            String host = url.place().getRawAuthority();
            throw new Permanent(
                    FailureCode.HOST_NOT_ALLOWED,
                    "is at '" + (host.length() > SHOWN ? host.substring(0, SHOWN) + "…" : host)
                            + "': it may be at the storage account's own host"
                            + (hosts.isEmpty() ? "" : ", or by https at " + String.join(", ", hosts))
                            + " only; INPUTHOSTS allows others");
        }
    }

    private boolean isAllowed(URI place) {
        int port = place.getPort() < 0 ? HTTPS_PORT : place.getPort();
        return "https".equalsIgnoreCase(place.getScheme())
                && hosts.stream()
                        .map(host -> host.contains(":") ? host : host + ":" + HTTPS_PORT)
                        .anyMatch((place.getHost() + ":" + port)::equalsIgnoreCase);
    }

    private void checkParts(BlobUrlParts parts, boolean own) {
        boolean complete = isNamed(parts.getBlobContainerName()) && isNamed(parts.getBlobName());
        if (!complete || (own && !account.name().equalsIgnoreCase(parts.getAccountName()))) {
            String service = own ? account.blobs().getAccountUrl() : "https://<host>";
            throw refused("must be " + service + "/<container>/<blob>");
        }
    }

    private static boolean isNamed(String part) {
        return part != null && !part.isEmpty();
    }

    /** Whether our own credential may open a blob of the account for whoever names it. */
    boolean isOpen(String container, String blob) {
        return container.equals(account.container())
                ? RunFiles.isLines(blob)
                : containers.contains(container) && staysInside(blob);
    }

    /** The run whose lines these are; null if there is none. */
    @Nullable
    RunId runOf(BlobAsyncClient blob) {
        return account.container().equals(blob.getContainerName()) ? RunFiles.parseLines(blob.getBlobName()) : null;
    }

    /** Whether there may be blobs below a prefix that {@link #isOpen}. */
    boolean mayBeOpen(String container, String prefix) {
        return container.equals(account.container()) || isOpen(container, prefix);
    }

    /** A component that normalizes the path on the way must not end up in another container. */
    private static boolean staysInside(String blob) {
        String before = blob;
        String path = decoded(before);
        while (!path.equals(before)) {
            before = path;
            path = decoded(before);
        }
        return Arrays.stream(path.split("[/\\\\]", -1)).noneMatch(part -> part.equals(".") || part.equals(".."));
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    private static Permanent refused(String what) {
        return new Permanent(FailureCode.ADDRESS_REFUSED, what);
    }
}
