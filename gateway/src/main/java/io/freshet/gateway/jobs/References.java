package io.freshet.gateway.jobs;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.azure.identity.StorageAccount;
import io.freshet.failure.FailureCode;
import io.freshet.failure.FreshetException;
import io.freshet.failure.Permanent;
import io.freshet.gateway.ingest.PartTable;
import io.freshet.gateway.ingest.ReferenceSplit;
import io.freshet.gateway.ingest.SplitRules;
import io.freshet.gateway.jobs.JobParameters.Wanted;
import io.freshet.gateway.jobs.JobSubmission.Stored;
import io.freshet.gateway.problem.ProblemException;
import io.freshet.gateway.problem.ProblemType;
import io.freshet.run.RunId;
import io.freshet.run.RunInput.Referenced;
import io.freshet.run.RunInput.Secret;
import io.freshet.storage.ReferencedBlobs;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.regex.Pattern;

/** Inputs that lie in blob storage already: split where they are, not copied. */
@Singleton
final class References {
    private static final Pattern CONTAINER_AND_BLOB = Pattern.compile("/[^/]+/.+");

    private final JobSubmission submission;
    private final ReferencedBlobs blobs;
    private final StorageAccount account;
    private final JobsConfig config;
    private final ObjectMapper json;

    References(
            JobSubmission submission,
            ReferencedBlobs blobs,
            StorageAccount account,
            JobsConfig config,
            ObjectMapper json) {
        this.submission = submission;
        this.blobs = blobs;
        this.account = account;
        this.config = config;
        this.json = json;
    }

    /** @param body {@code {"inputUrl": "https://…"}}; a SAS in the URL is kept as a secret */
    Uni<RunId> submit(String body, Wanted wanted) {
        Referenced reference = reference(body);
        Context context = Vertx.currentContext();
        return blobs.describe(reference)
                .onFailure(Permanent.class)
                .transform(t -> unreadable(String.valueOf(t.getMessage())))
                .map(found -> found.orElseThrow(() -> unreadable("there is no such blob")))
                .flatMap(blob -> submission.submit(
                        wanted, (id, scope) -> split(pinned(reference, blob), blob, wanted, context)));
    }

    private static Referenced pinned(Referenced reference, ReferencedBlobs.Description blob) {
        return new Referenced(reference.url(), reference.access(), blob.etag());
    }

    private Uni<Stored> split(Referenced reference, ReferencedBlobs.Description blob, Wanted wanted, Context context) {
        SplitRules rules = Uploads.limits(config).rules(wanted.itemsPerPart());
        Uni<PartTable> parts = ReferenceSplit.of(
                (offset, length) -> blobs.readRange(reference, offset, length),
                blob.length(),
                rules,
                task -> context.runOnContext(x -> task.run()));
        return parts.onFailure(t -> FreshetException.is(t, FailureCode.UNSUPPORTED_FORMAT))
                .transform(t -> unreadable(String.valueOf(t.getMessage())))
                .onFailure(References::changed)
                .transform(t -> unreadable("the blob changed or went while it was split"))
                .map(table -> new Stored(reference, table, reference.url() + " " + blob.etag()));
    }

    private Referenced reference(String body) {
        URI url = url(body);
        String authority = url.getAuthority();
        boolean own = authority.equalsIgnoreCase(account.blobAuthority());
        if (!own && !(isSecure(url) && isAllowed(url))) {
            throw new ProblemException(
                    ProblemType.HOST_NOT_ALLOWED,
                    "inputUrl may be on the storage account's own host"
                            + (allowed().isEmpty() ? "" : ", or by https on " + allowed())
                            + " only; INPUTHOSTS allows others");
        }
        if (!blobPath(url).matcher(url.getRawPath()).matches()) {
            throw noBlob();
        }
        String sas = url.getRawQuery() == null ? "" : url.getRawQuery();
        String plain = url.getScheme() + "://" + authority + url.getRawPath();
        return new Referenced(plain, new Secret(sas), "");
    }

    private boolean isAllowed(URI url) {
        return allowed().stream()
                .anyMatch(host -> host.equalsIgnoreCase(url.getHost()) || host.equalsIgnoreCase(url.getAuthority()));
    }

    private List<String> allowed() {
        return config.inputHosts().orElse(List.of()).stream().map(String::strip).toList();
    }

    /** An emulator's URLs have the account's name in the path, before the container's. */
    private Pattern blobPath(URI url) {
        boolean emulated = url.getAuthority().equalsIgnoreCase(account.blobAuthority())
                && !url.getHost().startsWith(account.name() + ".");
        return emulated ? Pattern.compile("/" + account.name() + "/[^/]+/.+") : CONTAINER_AND_BLOB;
    }

    private static ProblemException noBlob() {
        return JobParameters.bad("inputUrl", "must be https://<host>/<container>/<blob>");
    }

    private static boolean isSecure(URI url) {
        return "https".equalsIgnoreCase(url.getScheme());
    }

    private URI url(String body) {
        try {
            URI uri = new URI(ReferenceDocument.inputUrl(body, json));
            if (uri.getHost() == null || uri.getRawPath() == null || uri.getRawUserInfo() != null) {
                throw noBlob();
            }
            return uri;
        } catch (URISyntaxException e) {
            throw JobParameters.bad("inputUrl", "is not a URL");
        }
    }

    private static boolean changed(Throwable t) {
        return t instanceof Permanent p
                && (p.code() == FailureCode.PRECONDITION_FAILED || p.code() == FailureCode.NOT_FOUND);
    }

    private static ProblemException unreadable(String why) {
        return new ProblemException(ProblemType.UNREADABLE_INPUT, "inputUrl: " + why);
    }
}
