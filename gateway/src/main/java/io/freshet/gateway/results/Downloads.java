package io.freshet.gateway.results;

import io.freshet.failure.Permanent;
import io.freshet.gateway.problem.ProblemException;
import io.freshet.gateway.problem.ProblemType;
import io.freshet.gateway.results.BlobReading.Slice;
import io.freshet.gateway.streaming.StreamedBody;
import io.freshet.items.PartLayout;
import io.freshet.message.JobDocument;
import io.freshet.run.Run;
import io.freshet.run.RunState;
import io.freshet.storage.BlobStore;
import io.freshet.storage.BlobStore.BlobInfo;
import io.freshet.storage.RunFiles;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.OptionalLong;

/** Which blob a download is, whether it may be had now, and how much of it. */
@Singleton
final class Downloads {
    private static final Duration ASK_AGAIN = Duration.ofSeconds(2);
    private static final int PARTIAL = 206;

    private final BlobStore blobs;
    private final BlobReading reading;

    Downloads(BlobStore blobs, BlobReading reading) {
        this.blobs = blobs;
        this.reading = reading;
    }

    Uni<Response> results(Run run, @Nullable String part, Conditions conditions) {
        Source source = part == null ? merged(run) : part(run, part);
        return blobs.describe(source.blob())
                .map(found -> found.orElseThrow(() -> new ProblemException(
                        ProblemType.NO_RESULTS, "The results of job " + run.id() + " are not in storage any more")))
                .map(blob -> answer(source, blob, conditions));
    }

    /** @param fileName what a browser would save it as */
    private record Source(String blob, String fileName) {}

    private static Source merged(Run run) {
        return switch (run.state()) {
            case RunState.Completed s -> all(run);
            case RunState.CompletedWithErrors s -> all(run);
            case RunState.Unfinished s ->
                throw new ProblemException(
                        ProblemType.NOT_FINISHED,
                        "Job " + run.id() + " is " + JobDocument.status(s) + ": "
                                + run.progress().settled() + " of "
                                + run.itemCount() + " parts are settled",
                        ASK_AGAIN);
            case RunState.Finished s ->
                throw new ProblemException(
                        ProblemType.NO_RESULTS,
                        "Job " + run.id() + " is " + JobDocument.status(s) + " and has no merged results: "
                                + JobDocument.reason(run));
        };
    }

    private static Source all(Run run) {
        return new Source(RunFiles.results(run.id()), "results-" + run.id() + ".jsonl");
    }

    private static Source part(Run run, String text) {
        int parts = run.itemCount();
        if (!text.matches("[1-9]\\d{0,8}") || Integer.parseInt(text) > parts) {
            throw new ProblemException(
                    ProblemType.BAD_PARAMETER,
                    "part must be a whole number from 1 to " + parts + ", not '" + text + "'");
        }
        int number = Integer.parseInt(text);
        if (!run.progress().done().contains(number - 1)) {
            throw notDone(run, number);
        }
        return new Source(
                PartLayout.outputName(run.id(), number - 1), "results-" + run.id() + "-part-" + number + ".jsonl");
    }

    private static ProblemException notDone(Run run, int number) {
        boolean failed = run.progress().failed().contains(number - 1);
        return run.isUnfinished() && !failed
                ? new ProblemException(
                        ProblemType.NOT_FINISHED,
                        "Part " + number + " of job " + run.id() + " is not done yet",
                        ASK_AGAIN)
                : new ProblemException(
                        ProblemType.NO_RESULTS,
                        "Part " + number + " of job " + run.id() + (failed ? " has failed" : " was not computed"));
    }

    private Response answer(Source source, BlobInfo blob, Conditions conditions) {
        String etag = etag(blob);
        if (conditions.isKnown(etag)) {
            return Response.notModified().header(HttpHeaders.ETAG, etag).build();
        }
        ByteRange range = ByteRange.parse(conditions.rangeFor(etag), blob.length());
        if (ByteRange.UNSATISFIABLE.equals(range)) {
            throw new UnsatisfiableRange(blob.length());
        }
        ByteRange sent = range == null ? new ByteRange(0, blob.length() - 1) : range;
        Multi<ByteBuffer> chunks = unchanged(reading.slice(new Slice(source.blob(), blob.etag(), sent)));
        Response.ResponseBuilder response = Response.status(range == null ? 200 : PARTIAL)
                .header(HttpHeaders.ETAG, etag)
                .header(HttpHeaders.CONTENT_LENGTH, sent.length())
                .header("Accept-Ranges", "bytes")
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + source.fileName() + "\"")
                .entity(new StreamedBody(OptionalLong.of(sent.length()), chunks));
        if (range != null) {
            response.header("Content-Range", range.contentRange(blob.length()));
        }
        return response.build();
    }

    /** In quotes, as RFC 9110 wants it; the storage SDK leaves them off. */
    private static String etag(BlobInfo blob) {
        return blob.etag().startsWith("\"") ? blob.etag() : "\"" + blob.etag() + "\"";
    }

    /** A rerun or a deletion may change what is being read. */
    private static Multi<ByteBuffer> unchanged(Multi<ByteBuffer> chunks) {
        return chunks.onFailure(Permanent.class)
                .transform(t -> new ProblemException(
                        ProblemType.NO_RESULTS, "What was asked for changed or went while it was read: ask again"));
    }

    /** The reports of all parts that have any, part by part. */
    Response errors(Run run) {
        Multi<ByteBuffer> chunks = Multi.createFrom()
                .items(() -> run.progress().withErrors().items().boxed())
                .onItem()
                .transformToMultiAndConcatenate(
                        item -> unchanged(reading.whole(PartLayout.errorsName(run.id(), item))));
        return Response.ok(new StreamedBody(OptionalLong.empty(), chunks))
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"errors-" + run.id() + ".jsonl\"")
                .build();
    }
}
