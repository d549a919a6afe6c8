package io.freshet.system.operation;

import io.freshet.harness.api.Job;
import io.freshet.system.cluster.TestedFreshet;
import io.freshet.testing.Patience;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

/** More than fits: what is refused is refused in order, and nothing that was accepted is lost. */
final class OverloadIT {
    private static final int LINE = 1 << 10;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AtomicInteger refusals = new AtomicInteger();

    /** A quarter of the heap, which is 256 MiB here. */
    @Test
    void aBurstOfLargeUploadsIsTakenAsFastAsMemoryAllows() throws Exception {
        assertThat(refusalsOf(200, lines(8 << 20), "")).isZero();
    }

    /** One for each 4 KiB can begin. */
    @Test
    void moreUploadsThanTheirMemoryCanHoldAreAskedToComeAgain() throws Exception {
        assertThat(refusalsOf(400, lines(256 << 10), "1M")).isPositive();
    }

    private int refusalsOf(int uploads, byte[] file, String memory) throws Exception {
        try (TestedFreshet freshet = TestedFreshet.named("overload")
                .workers(0)
                .watchers(0)
                .with("UPLOADMEMORY", memory)
                .start()) {
            URI jobs = freshet.gateway(1).url().resolve("/jobs?handler=identity&itemsPerJob=4096");

            List<String> accepted = uploadAll(jobs, file, uploads);

            assertThat(accepted).hasSize(uploads).doesNotHaveDuplicates();
            assertThat(accepted).allSatisfy(id -> {
                Job job = new Job(id, freshet.jobs().gateway());
                assertThat(job.status()).isEqualTo("Pending");
                assertThat(freshet.storage().length(freshet.storage().folder(job) + "input.json"))
                        .isEqualTo(file.length);
            });
            assertThat(freshet.gateway(1).log(0)).doesNotContain("OutOfMemoryError", "\"level\":\"ERROR\"");
            return refusals.get();
        }
    }

    private List<String> uploadAll(URI jobs, byte[] file, int count) throws Exception {
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> uploads = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                uploads.add(clients.submit(() -> upload(jobs, file)));
            }
            List<String> ids = new ArrayList<>();
            for (Future<String> upload : uploads) {
                ids.add(upload.get());
            }
            return ids;
        }
    }

    /** As a polite client: comes again when it was told to. */
    private String upload(URI jobs, byte[] file) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(jobs)
                .timeout(Duration.ofMinutes(3))
                .POST(streamed(file))
                .build();
        while (true) {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == 202) {
                return answer.body();
            }
            assertThat(answer.statusCode()).as(answer.body()).isIn(429, 503);
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
            long seconds = answer.headers().firstValueAsLong("Retry-After").orElseThrow();
            refusals.incrementAndGet();
            Awaitility.await()
                    .atMost(Patience.LIMIT)
                    .pollDelay(Duration.ofSeconds(seconds))
                    .until(() -> true);
        }
    }

    /** Piece by piece, or the client itself would hold all uploads in memory. */
    private static HttpRequest.BodyPublisher streamed(byte[] file) {
        return HttpRequest.BodyPublishers.fromPublisher(
                HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(file)), file.length);
    }

    private static byte[] lines(int bytes) {
        byte[] file = new byte[bytes];
        Arrays.fill(file, (byte) 'x');
        for (int end = LINE - 1; end < bytes; end += LINE) {
            file[end] = '\n';
        }
        return file;
    }
}
