package io.freshet.gateway.jobs;

import io.freshet.failure.FailureCode;
import io.freshet.failure.FreshetException;
import io.freshet.gateway.access.Caller;
import io.freshet.gateway.problem.ProblemException;
import io.freshet.gateway.problem.Quoted;
import io.freshet.job.JobDocument;
import io.freshet.job.JobStatus;
import io.freshet.run.Run;
import io.freshet.run.RunId;
import io.freshet.storage.BlobStore;
import io.freshet.storage.BlobStore.Listing;
import io.freshet.storage.BlobStore.Listing.Detail;
import io.freshet.storage.BlobStore.Page;
import io.freshet.storage.Listings;
import io.freshet.storage.RunFiles;
import io.freshet.telemetry.RunLog;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Jobs, newest first, page by page. Run numbers count down with time, so the newest runs of a month are the head of its
 * listing, and a page costs one listing and its documents, however many jobs there are.
 */
@Singleton
public final class JobPages {
    private static final int READS_AT_ONCE = 16;
    private static final RunLog LOG = RunLog.of(JobPages.class);

    private final BlobStore blobs;
    private final JobQueries queries;

    JobPages(BlobStore blobs, JobQueries queries) {
        this.blobs = blobs;
        this.queries = queries;
    }

    /**
     * What a page shows.
     *
     * @param limit most jobs of the page
     * @param status only jobs with this status; null for all. The page may then be shorter than the limit.
     * @param page where it begins; null for the newest jobs
     * @param caller jobs that they may not see are left out
     */
    public record PageRequest(
            int limit, @Nullable JobStatus status, @Nullable String page, Caller caller) {}

    /** @param next the next page; null on the last */
    record Jobs(List<JobDocument> jobs, @Nullable String next) {}

    /** @param next the next page; null on the last */
    public record Runs(List<Run> runs, @Nullable String next) {}

    Uni<Jobs> page(PageRequest wanted) {
        return runs(wanted).flatMap(page -> documents(page.runs()).map(documents -> new Jobs(documents, page.next())));
    }

    public Uni<Runs> runs(PageRequest wanted) {
        Position start = wanted.page() == null ? null : Position.decode(wanted.page());
        return months().flatMap(months -> collect(from(months, start), tokenFor(months, start), wanted));
    }

    /** Where in the listing a page begins. */
    private record Position(String month, @Nullable String token) {
        String encode() {
            String text = month + (token == null ? "" : "|" + token);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        }

        static Position decode(String text) {
            try {
                String[] parts =
                        new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split("\\|", 2);
                if (RunFiles.isMonthFolder(parts[0])) {
                    return new Position(parts[0], parts.length == 1 ? null : parts[1]);
                }
            } catch (IllegalArgumentException e) {
                // refused below, as is any text that we did not write
            }
            throw ProblemException.badParameter(
                    "page", Quoted.of(text) + " is not one that this service has issued: start again without page");
        }
    }

    private Uni<List<String>> months() {
        return Listings.folders(blobs, "")
                .filter(RunFiles::isMonthFolder)
                .collect()
                .asList()
                .map(List::reversed)
                .onFailure(JobPages::nothingYet)
                .recoverWithItem(List.of());
    }

    /** Before the first submission there is no container. */
    private static boolean nothingYet(Throwable t) {
        return FreshetException.is(t, FailureCode.NOT_FOUND);
    }

    private static List<String> from(List<String> months, @Nullable Position start) {
        return start == null
                ? months
                : months.stream().filter(m -> m.compareTo(start.month()) <= 0).toList();
    }

    /** A token belongs to its month: if that is gone, the next month is read from its beginning. */
    private static @Nullable String tokenFor(List<String> months, @Nullable Position start) {
        return start != null && months.contains(start.month()) ? start.token() : null;
    }

    /** Goes from one page of a listing to the next until there is something to show. */
    private Uni<Runs> collect(List<String> months, @Nullable String token, PageRequest wanted) {
        if (months.isEmpty()) {
            return Uni.createFrom().item(new Runs(List.of(), null));
        }
        return blobs.listFolders(months.getFirst(), new Listing(wanted.limit(), token, Detail.PLAIN))
                .flatMap(page -> runs(page.entries(), wanted).flatMap(runs -> {
                    List<String> left = page.next() == null ? months.subList(1, months.size()) : months;
                    return runs.isEmpty()
                            ? collect(left, page.next(), wanted)
                            : Uni.createFrom().item(new Runs(runs, next(left, page)));
                }));
    }

    private static @Nullable String next(List<String> left, Page<String> page) {
        return left.isEmpty() ? null : new Position(left.getFirst(), page.next()).encode();
    }

    private Uni<List<Run>> runs(List<String> folders, PageRequest wanted) {
        return Multi.createFrom()
                .iterable(folders)
                .onItem()
                .transformToIterable(
                        folder -> RunFiles.parseFolder(folder).stream().toList())
                .onItem()
                .transformToUni(this::readable)
                .merge(READS_AT_ONCE)
                .onItem()
                .transformToIterable(found -> found.stream().toList())
                .collect()
                .asList()
                .map(runs -> matching(runs, wanted));
    }

    /** One document that cannot be read must not hide all other jobs. */
    private Uni<Optional<Run>> readable(RunId id) {
        return queries.find(id)
                .onFailure(IllegalStateException.class)
                .invoke(t -> LOG.warn(id, "Job %s is not listed: its document cannot be read", id))
                .onFailure(IllegalStateException.class)
                .recoverWithItem(Optional.empty());
    }

    private static List<Run> matching(List<Run> runs, PageRequest wanted) {
        return runs.stream()
                .filter(run ->
                        !run.isDeleted() && wanted.caller().maySee(run.spec().owner()))
                .filter(run -> wanted.status() == null || wanted.status() == JobStatus.of(run.state()))
                .sorted((a, b) -> a.id().compareTo(b.id()))
                .toList();
    }

    private Uni<List<JobDocument>> documents(List<Run> runs) {
        return Multi.createFrom()
                .iterable(runs)
                .onItem()
                .transformToUniAndConcatenate(queries::document)
                .collect()
                .asList();
    }
}
