package io.freshet.gateway.results;

import io.freshet.failure.Permanent;
import io.freshet.gateway.problem.ProblemException;
import io.freshet.gateway.problem.ProblemType;
import io.freshet.gateway.problem.Quoted;
import io.freshet.gateway.streaming.StreamedBody;
import io.freshet.items.PartLayout;
import io.freshet.run.Run;
import io.freshet.run.RunState;
import io.freshet.storage.BlobStore;
import io.freshet.storage.BlobStore.BlobInfo;
import io.freshet.storage.BlobStore.Listing;
import io.freshet.storage.Listings;
import io.freshet.storage.RunFiles;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Which blob a download is, whether it is available now, and how much of it is sent. */
@Singleton
final class Downloads {
    private static final int PARTIAL = 206;

    private final BlobStore blobs;

    Downloads(BlobStore blobs) {
        this.blobs = blobs;
    }

    Uni<Response> results(Run run, @Nullable String part, Conditions conditions) {
        Source source = part == null ? merged(run) : part(run, part);
        return blobs.describe(source.blob())
                .map(found -> found.orElseThrow(() -> new ProblemException(
                        ProblemType.NO_RESULTS, "The results of job " + run.id() + " are no longer in storage")))
                .map(blob -> answer(Download.of(source.fileName(), blob), conditions));
    }

    /** @param fileName what a browser would save it as */
    private record Source(String blob, String fileName) {}

    private static Source merged(Run run) {
        return switch (run.state()) {
            case RunState.Completed s -> all(run);
            case RunState.CompletedWithErrors s -> all(run);
            case RunState.Unfinished s -> throw NoResults.notFinished(run, s);
            case RunState.Finished s -> throw NoResults.without(run, s);
        };
    }

    private static Source all(Run run) {
        return new Source(RunFiles.results(run.id()), "results-" + run.id() + ".jsonl");
    }

    private static int number(Run run, String text) {
        int parts = run.itemCount();
        if (!text.matches("[1-9]\\d{0,8}") || Integer.parseInt(text) > parts) {
            throw ProblemException.badParameter(
                    "part", "must be a whole number from 1 to " + parts + ", not " + Quoted.of(text));
        }
        return Integer.parseInt(text);
    }

    private static Source part(Run run, String text) {
        int number = number(run, text);
        if (!run.progress().done().contains(number - 1)) {
            throw NoResults.part(run, number);
        }
        return new Source(
                PartLayout.outputName(run.id(), number - 1), "results-" + run.id() + "-part-" + number + ".jsonl");
    }

    private Response answer(Download download, Conditions conditions) {
        return switch (conditions.against(download.validators())) {
            case FAILED ->
                throw new ProblemException(
                        ProblemType.PRECONDITION_FAILED,
                        "The current version is not the one that If-Match or If-Unmodified-Since asks for");
            case NOT_MODIFIED -> described(Response.notModified(), download).build();
            case SEND -> send(download, conditions);
        };
    }

    private Response send(Download download, Conditions conditions) {
        long length = download.length();
        ByteRange range = ByteRange.parse(conditions.rangeFor(download.validators()), length);
        if (ByteRange.UNSATISFIABLE.equals(range)) {
            throw unsatisfiable(String.valueOf(conditions.range()), length);
        }
        ByteRange sent = range == null ? new ByteRange(0, length - 1) : range;
        Multi<ByteBuffer> chunks = unchanged(download.read(sent, blobs));
        Response.ResponseBuilder response = described(Response.status(range == null ? 200 : PARTIAL), download)
                .type(ResultsResource.NDJSON)
                .header(HttpHeaders.CONTENT_LENGTH, sent.length())
                .header("Accept-Ranges", "bytes")
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + download.fileName() + "\"")
                .entity(new StreamedBody(OptionalLong.of(sent.length()), chunks));
        if (range != null) {
            response.header("Content-Range", range.contentRange(length));
        }
        return response.build();
    }

    /** Says the size, so that the client can ask again. */
    private static ProblemException unsatisfiable(String range, long size) {
        return new ProblemException(
                ProblemType.RANGE_NOT_SATISFIABLE,
                "There are " + size + " bytes, and none of them in the range " + Quoted.of(range),
                Map.of("Content-Range", "bytes */" + size));
    }

    /** May be kept by the client, and by nobody in between; it must be revalidated before it is used again. */
    private static Response.ResponseBuilder described(Response.ResponseBuilder response, Download download) {
        return response.header(HttpHeaders.ETAG, download.validators().etag())
                .header(
                        HttpHeaders.LAST_MODIFIED,
                        HttpDate.write(download.validators().lastModified()))
                .header(HttpHeaders.CACHE_CONTROL, "private, no-cache");
    }

    /** A rerun or a deletion may change what is being read. */
    private static Multi<ByteBuffer> unchanged(Multi<ByteBuffer> chunks) {
        return chunks.onFailure(Permanent.class)
                .transform(t -> new ProblemException(
                        ProblemType.NO_RESULTS, "The results changed or were removed while they were read: ask again"));
    }

    /** The rejected lines of all parts, part by part, or of one. */
    Uni<Response> errors(Run run, @Nullable String part, Conditions conditions) {
        int only = part == null ? -1 : number(run, part) - 1;
        List<String> wanted = run.progress()
                .withErrors()
                .items()
                .filter(item -> part == null || item == only)
                .mapToObj(item -> PartLayout.errorsName(run.id(), item))
                .toList();
        if (wanted.isEmpty()) {
            return Uni.createFrom().item(() -> answer(Download.none(errorsOf(run), begin(run)), conditions));
        }
        return Listings.blobs(blobs, PartLayout.errorsNames(run.id()), Listing.Detail.PLAIN)
                .collect()
                .asMap(BlobInfo::name)
                .map(there -> answer(Download.of(errorsOf(run), reports(wanted, there)), conditions));
    }

    private static String errorsOf(Run run) {
        return "errors-" + run.id() + ".jsonl";
    }

    private static Instant begin(Run run) {
        return run.timeline().submitted().truncatedTo(ChronoUnit.SECONDS);
    }

    private static List<BlobInfo> reports(List<String> wanted, Map<String, BlobInfo> there) {
        if (!there.keySet().containsAll(wanted)) {
            throw new ProblemException(ProblemType.NO_RESULTS, "Reports of rejected lines are no longer in storage");
        }
        return wanted.stream().map(there::get).toList();
    }
}
