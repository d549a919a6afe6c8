package io.freshet.harness.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.freshet.harness.Failure;
import io.freshet.harness.api.Gateway;
import io.freshet.harness.api.Job;
import io.freshet.harness.api.Jobs;
import io.freshet.harness.api.UnexpectedAnswer;
import io.freshet.harness.calculator.ResultCheck;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import static io.freshet.harness.command.Screen.count;
import static io.freshet.harness.command.Screen.mebibytes;
import static io.freshet.harness.command.Screen.seconds;

/** One whole job, as a client would run it. */
final class JobDemo {
    private static final long DEFAULT_ITEMS_PER_JOB = 25_000;
    private static final long MANY = 1_000_000_000;
    private static final int TICK_MS = 250;
    private static final int CHUNK = 65_536;
    private static final InstantSource CLOCK = InstantSource.system();

    private final Settings settings;
    private final Screen screen;
    private final Running running;
    private final Input input;
    private final Gateway gateway;
    private final Path results;
    private final Path errors;
    private boolean killed;

    JobDemo(Context context, Running running, Input input) {
        this.settings = context.settings();
        this.screen = context.screen();
        this.running = running;
        this.input = input;
        this.gateway = new Gateway(URI.create(running.gateway()));
        this.results = context.directory().resolve("results.json");
        this.errors = context.directory().resolve("errors.json");
        this.killed = !settings.flag("KILL_WORKER");
    }

    void run() {
        Instant begun = CLOCK.instant();
        Job job = upload();
        JsonNode document = follow(job);
        Duration duration = since(begun);
        String status = document.path("status").asText();
        if (!status.equals("Complete") && !status.equals("CompleteWithErrors")) {
            throw ended(document);
        }
        ResultCheck check = download(job);
        report(document, check, duration);
        judge(document, check);
    }

    private Job upload() {
        Instant begun = CLOCK.instant();
        ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor();
        ticks.scheduleAtFixedRate(
                () -> screen.progress("Uploading " + input.name() + ": " + sent(begun)),
                TICK_MS,
                TICK_MS,
                TimeUnit.MILLISECONDS);
        try {
            Job job = new Jobs(gateway).submit(input::open, query(), input.form());
            ticks.shutdownNow();
            screen.endProgress(
                    "Uploaded " + input.name() + " in " + seconds(since(begun)) + ": " + sent(begun) + ". Job " + job);
            return job;
        } catch (UnexpectedAnswer e) {
            throw new Failure("The upload was answered " + e.answer(), e);
        } catch (UncheckedIOException e) {
            throw new Failure("The upload broke off (" + e.getCause() + ").", e);
        } finally {
            ticks.shutdownNow();
        }
    }

    private String sent(Instant begun) {
        Input.Sent sent = input.sent();
        long millis = Math.max(1, since(begun).toMillis());
        return sent.lines().orElse("") + mebibytes((double) sent.bytes()) + ", "
                + mebibytes(sent.bytes() * 1000.0 / millis) + "/s";
    }

    private String query() {
        long itemsPerJob = settings.number("ITEMSPERJOB", 1, MANY).orElse(DEFAULT_ITEMS_PER_JOB);
        String handler = settings.text("HANDLER").orElse("calculator");
        return "handler=" + URLEncoder.encode(handler, StandardCharsets.UTF_8) + "&itemsPerJob=" + itemsPerJob;
    }

    private JsonNode follow(Job job) {
        JsonNode last = job.follow(document -> {
            killInTheMiddle(document);
            if (!Job.isFinal(document)) {
                screen.progress(describe(document));
            }
        });
        if (!killed) {
            screen.line("KILL_WORKER: the job was done before a worker could be killed; use more DEMO_LINES.");
        }
        screen.endProgress(describe(last));
        return last;
    }

    private void killInTheMiddle(JsonNode document) {
        int succeeded = document.path("succeeded").asInt();
        int parts = document.path("parts").asInt();
        if (!killed && !Job.isFinal(document) && succeeded * 3 >= parts) {
            killed = true;
            running.killWorker()
                    .accept(name ->
                            screen.line("Killing " + name + " (kill -9) at " + succeeded + " of " + parts + " parts."));
        }
    }

    private ResultCheck download(Job job) {
        ResultCheck check = input.check();
        save("/jobs/" + job + "/results", results, check);
        check.end();
        return check;
    }

    /** Keeps what is streamed in a file, and looks at it on the way. */
    private void save(String path, Path file, ResultCheck look) {
        byte[] chunk = new byte[CHUNK];
        try (InputStream stream = gateway.streamWhenReady(path);
                OutputStream kept = Files.newOutputStream(file)) {
            for (int length = stream.read(chunk); length >= 0; length = stream.read(chunk)) {
                look.accept(chunk, length);
                kept.write(chunk, 0, length);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void report(JsonNode job, ResultCheck check, Duration duration) {
        String id = job.path("id").asText();
        String path = "/jobs/" + id + "/results";
        String rate = count(check.lines() * 1000.0 / Math.max(1, duration.toMillis()));
        long rejected = job.path("rejectedLines").asLong();
        screen.line("First line   " + check.first().orElse("(none)"));
        screen.line("Last line    " + check.last().orElse("(none)"));
        screen.line("Job          " + id + " " + job.path("status").asText() + ": "
                + job.path("succeeded").asText() + " of " + job.path("parts").asText() + " parts, "
                + job.path("failed").asText() + " failed");
        screen.line("Lines        " + count(job.path("lines").asLong()) + " in, " + count(check.lines()) + " out, "
                + count(rejected) + " rejected");
        screen.line("Duration     " + seconds(duration) + " from the first byte up to the merged result (" + rate
                + " lines/s)");
        screen.line("Result       " + Context.relative(results) + ", downloaded from " + gateway.url(path));
        if (rejected > 0) {
            save("/jobs/" + id + "/errors", errors, new ResultCheck());
            screen.line("Rejected     " + Context.relative(errors));
        }
    }

    private void judge(JsonNode job, ResultCheck check) {
        check.wrong().ifPresent(wrong -> {
            String absent = "(no line)";
            throw new Failure("Result line " + wrong.line() + " is wrong.\n  expected  "
                    + wrong.expected().orElse(absent) + "\n  got       "
                    + wrong.got().orElse(absent));
        });
        if (!job.path("status").asText().equals("Complete")) {
            throw ended(job);
        }
        if (input.isChecked()) {
            screen.line("Check        all " + count(check.lines()) + " result lines are right and in order");
        }
    }

    private static Failure ended(JsonNode job) {
        String reason = job.path("reason").asText("");
        return new Failure(
                "The job ended as " + job.path("status").asText() + (reason.isEmpty() ? "." : ": " + reason));
    }

    private static String describe(JsonNode job) {
        double progress = job.path("progress").asDouble();
        long lines = job.path("lines").asLong();
        double rate = job.path("linesPerSecond").asDouble();
        long settled = job.path("succeeded").asLong() + job.path("failed").asLong();
        return job.path("status").asText() + " " + (long) (progress * 100) + " %: parts " + settled + "/"
                + job.path("parts").asText() + ", lines " + count(progress * lines) + "/" + count(lines)
                + (rate > 0 ? ", " + count(rate) + " lines/s" : "") + timeLeft(job);
    }

    private static String timeLeft(JsonNode job) {
        if (Job.isFinal(job) || !job.hasNonNull("estimatedCompletionTime")) {
            return "";
        }
        Instant end = Instant.parse(job.path("estimatedCompletionTime").asText());
        long left = Duration.between(CLOCK.instant(), end).toMillis();
        return left > 0 ? ", ETA " + (left + 999) / 1000 + " s" : "";
    }

    private static Duration since(Instant begun) {
        return Duration.between(begun, CLOCK.instant());
    }
}
