package io.freshet.system.tour;

import io.freshet.system.cluster.TestedFreshet;
import io.freshet.testing.Patience;
import io.freshet.testing.Repository;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The tour of the README: its commands are run as they stand there, and print what it shows. */
final class TourIT {
    private static final Pattern CHANGES =
            Pattern.compile("curl .*(-X|--request|-F|-d|--data-binary) .*", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("\"(\\w+Uri)\":\"([^\"]+)\"");
    private static TestedFreshet freshet;

    @TempDir
    private Path directory;

    private final Map<String, String> links = new HashMap<>();
    private final Transcript transcript = new Transcript()
            .reads("http://127.0.0.1:8080", freshet.gateway(1).url().toString())
            .reads("127.0.0.1:10000/", "127.0.0.1:" + freshet.azurite().blobPort() + "/");

    @BeforeAll
    static void start() {
        freshet = TestedFreshet.named("tour").workers(2).start();
    }

    @AfterAll
    static void stop() {
        freshet.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"## Five minutes", "## Orchestrations"})
    void everyCommandPrintsWhatIsShown(String heading) throws IOException {
        Files.writeString(directory.resolve(".curlrc"), "silent\nshow-error\nmax-time = 300\n");
        String section =
                Repository.section(Repository.read("README.md"), heading).split("\n### ", 2)[0];

        List<Transcript.Step> steps = Transcript.steps(section);

        assertThat(steps).hasSizeGreaterThan(5);
        for (Transcript.Step step : steps) {
            take(step);
        }
    }

    private void take(Transcript.Step step) throws IOException {
        Path file = directory.resolve(step.command().replaceFirst("^cat ", ""));
        if (step.command().startsWith("cat ") && !Files.exists(file)) {
            Files.writeString(file, step.output() + "\n");
        } else if (step.command().contains("/events")) {
            streams(step, run(step.command()));
        } else if (step.command().startsWith("curl ")
                && !CHANGES.matcher(step.command()).matches()) {
            // who reads gives the job the time that it needs
            Awaitility.await().atMost(Patience.LIMIT).untilAsserted(() -> prints(step, run(step.command())));
        } else {
            prints(step, run(step.command()));
        }
    }

    private void prints(Transcript.Step step, String printed) {
        if (step.output().isEmpty()) {
            assertThat(printed).as(step.command()).doesNotContain("urn:freshet:problem:");
        } else {
            assertThat(printed)
                    .as(step.command())
                    .matches(
                            text -> transcript.accepts(step.output(), text),
                            "as the README shows it:\n" + step.output());
        }
        LINK.matcher(printed).results().forEach(link -> links.put(link.group(1), link.group(2)));
    }

    /** How many events there are is a matter of speed, but none has another shape, and the last ones always come. */
    private void streams(Transcript.Step step, String printed) {
        List<String> shown = List.of(step.output().split("\n\n"));
        // a comment keeps a slow stream alive
        List<String> events = Stream.of(printed.split("\n\n"))
                .filter(event -> !event.equals(":"))
                .toList();

        assertThat(events)
                .as(step.command())
                .allMatch(event -> shown.stream().anyMatch(like -> transcript.accepts(like, event)));
        assertThat(transcript.accepts(shown.getLast(), events.getLast()))
                .as("the last event of\n%s", printed)
                .isTrue();
    }

    private String run(String command) throws IOException {
        Path said = directory.resolve("stderr");
        ProcessBuilder shell = new ProcessBuilder("bash", "-c", transcript.translated(command))
                .directory(directory.toFile())
                .redirectError(said.toFile());
        shell.environment().putAll(links);
        shell.environment().put("CURL_HOME", directory.toString());
        Process process = shell.start();
        String printed = new String(process.getInputStream().readAllBytes());
        assertThat(process.onExit().join().exitValue())
                .as("%s\n%s", command, Repository.read(said))
                .isZero();
        return printed.replace("\r", "").strip();
    }
}
