package io.freshet.gateway.jobs;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.failure.FailureCode;
import io.freshet.failure.FreshetException;
import io.freshet.failure.Permanent;
import io.freshet.gateway.access.Caller;
import io.freshet.gateway.ingest.PartTable;
import io.freshet.gateway.ingest.ReferenceSplit;
import io.freshet.gateway.ingest.SplitRules;
import io.freshet.gateway.jobs.JobParameters.Wanted;
import io.freshet.gateway.jobs.JobSubmission.Stored;
import io.freshet.gateway.problem.ProblemException;
import io.freshet.gateway.problem.ProblemType;
import io.freshet.run.Items.RunInput.Referenced;
import io.freshet.run.RunId;
import io.freshet.storage.InputSecrets;
import io.freshet.storage.InputUrl;
import io.freshet.storage.ReferencedBlobs;
import io.freshet.storage.ReferencedBlobs.Description;
import io.freshet.storage.Secret;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;

/** Inputs that lie in blob storage already: split where they are, not copied. */
@Singleton
final class References {
    private final JobSubmission submission;
    private final ReferencedBlobs blobs;
    private final InputSecrets secrets;
    private final JobsConfig config;
    private final ObjectMapper json;
    private final JobQueries queries;

    References(
            JobSubmission submission,
            ReferencedBlobs blobs,
            InputSecrets secrets,
            JobsConfig config,
            ObjectMapper json,
            JobQueries queries) {
        this.queries = queries;
        this.submission = submission;
        this.blobs = blobs;
        this.secrets = secrets;
        this.config = config;
        this.json = json;
    }

    /** @param body {@code {"inputUrl": "https://…"}}; a SAS in the URL is kept as a secret */
    Uni<RunId> submit(String body, Wanted wanted) {
        Context context = Vertx.currentContext();
        return Uni.createFrom()
                .item(() -> InputUrl.parse(url(body)))
                .onFailure(FreshetException.class)
                .transform(References::problem)
                .flatMap(url -> submit(url, wanted, context));
    }

    private Uni<RunId> submit(InputUrl url, Wanted wanted, Context context) {
        Referenced found = new Referenced(url.named(), !url.sas().isEmpty(), "");
        return blobs.describe(found, url.sas())
                .onFailure(FreshetException.class)
                .transform(References::problem)
                .map(blob -> blob.orElseThrow(() -> absent(url.sas())))
                .call(blob -> refuseForeign(blob, wanted.caller()))
                .map(blob -> new Input(found, url.sas(), blob))
                .flatMap(input -> submission.submit(
                        wanted,
                        (id, scope) -> scope.call(() -> secrets.keep(id, input.sas()))
                                .chain(() -> split(input, wanted, context))));
    }

    /** Our own credential opens the lines of a run to those who may read that run. */
    private Uni<Void> refuseForeign(Description blob, Caller caller) {
        return blob.run() == null
                ? Uni.createFrom().voidItem()
                : queries.find(blob.run())
                        .invoke(found -> {
                            String owner = found.map(run -> run.spec().owner()).orElse(null);
                            if (!caller.mayRead(owner)) {
                                throw absent(Secret.NONE);
                            }
                        })
                        .replaceWithVoid();
    }

    private record Input(Referenced reference, Secret sas, long length) {
        Input(Referenced found, Secret sas, Description blob) {
            this(new Referenced(found.url(), found.bySas(), blob.etag()), sas, blob.length());
        }

        /** What it is, whoever let us in. */
        String fingerprint() {
            return reference.url() + " " + reference.etag();
        }
    }

    private Uni<Stored> split(Input input, Wanted wanted, Context context) {
        SplitRules rules = Uploads.limits(config).rules(wanted.itemsPerPart());
        Uni<PartTable> parts = ReferenceSplit.of(
                (offset, length) -> blobs.readRange(input.reference(), input.sas(), offset, length),
                input.length(),
                rules,
                task -> context.runOnContext(x -> task.run()));
        return parts.onFailure(t -> FreshetException.is(t, FailureCode.UNSUPPORTED_FORMAT))
                .transform(t -> unreadable(String.valueOf(t.getMessage())))
                .onFailure(References::changed)
                .transform(t -> unreadable("the blob changed or went while it was split"))
                .onFailure(FreshetException.class)
                .transform(References::problem)
                .map(table -> new Stored(input.reference(), table, input.fingerprint()));
    }

    private String url(String body) {
        return ReferenceDocument.inputUrl(body, json);
    }

    private static boolean changed(Throwable t) {
        return t instanceof Permanent p
                && (p.code() == FailureCode.PRECONDITION_FAILED || p.code() == FailureCode.NOT_FOUND);
    }

    /** The same for what is not there and for what is nobody's business. */
    private static ProblemException absent(Secret sas) {
        return unreadable(
                sas.isEmpty() ? "there is no such blob that may be read without a SAS" : "there is no such blob");
    }

    /** What is wrong with the input is the client's to mend; our own storage's silence is not. */
    private static RuntimeException problem(FreshetException failure) {
        return switch (failure.code()) {
            case ADDRESS_REFUSED -> JobParameters.bad("inputUrl", String.valueOf(failure.getMessage()));
            case HOST_NOT_ALLOWED ->
                new ProblemException(ProblemType.HOST_NOT_ALLOWED, "inputUrl " + failure.getMessage());
            case STORAGE_REFUSED, CONFLICT, PRECONDITION_FAILED, HOST_UNAVAILABLE ->
                unreadable(String.valueOf(failure.getMessage()));
            default -> failure;
        };
    }

    private static ProblemException unreadable(String why) {
        return new ProblemException(ProblemType.UNREADABLE_INPUT, "inputUrl: " + why);
    }
}
