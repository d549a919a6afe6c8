package io.freshet.architecture;

import io.freshet.run.RunState;
import io.freshet.run.RunStates;
import io.freshet.testing.Repository;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** The README says what the code does. */
class ReadmeTest {
    private static final Pattern DECLARATION = Pattern.compile("(?:class|record|interface|enum) ([A-Z]\\w*)");

    private final String readme = Repository.read("README.md");

    @Test
    void theStateDiagramHasExactlyTheTransitionsOfTheCode() {
        TreeSet<String> expected = RunStates.transitions();
        expected.add("[*] --> Pending: submit");
        RunStates.concrete().stream()
                .filter(RunState.Finished.class::isAssignableFrom)
                .forEach(state -> expected.add(state.getSimpleName() + " --> [*]"));

        List<String> drawn = Repository.fenced(Repository.section(readme, "## States"), "mermaid")
                .lines()
                .map(String::strip)
                .filter(line -> line.contains("-->"))
                .toList();

        assertThat(drawn).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void theWorkerThatItShowsIsTheOneThatIsTested() {
        String section = Repository.section(readme, "### Workers of your own");

        assertThat(Repository.fenced(section, "python")).isEqualTo(Repository.read("examples/worker.py"));
    }

    @Test
    void linksLeadSomewhere() {
        Pattern link = Pattern.compile("]\\((?!https?:|#)([^)#]+)[^)]*\\)");
        for (String document : List.of("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md")) {
            List<String> broken = link.matcher(Repository.read(document))
                    .results()
                    .map(result -> result.group(1))
                    .filter(target ->
                            !Repository.root().resolve(target).toFile().exists())
                    .toList();

            assertThat(broken).as("links of %s that lead nowhere", document).isEmpty();
        }
    }

    @Test
    void classesThatTheArchitectureNamesExist() {
        Set<String> known = Repository.mainFiles(".java").stream()
                .flatMap(file -> DECLARATION.matcher(Repository.read(file)).results())
                .map(result -> result.group(1))
                .collect(Collectors.toSet());
        String line = Repository.section(Repository.read("ARCHITECTURE.md"), "## One line, from socket to result");
        List<String> named = Pattern.compile("`([A-Z][a-z]+[A-Za-z]*)`")
                .matcher(line)
                .results()
                .map(result -> result.group(1))
                .toList();

        assertThat(named).isNotEmpty();
        assertThat(known).containsAll(named);
    }

    @Test
    void everyModuleHasAShortReadme() {
        assertThat(Arrays.asList("src-shared", "gateway", "worker", "watcher"))
                .allSatisfy(module -> assertThat(
                                Repository.read(module + "/README.md").lines().count())
                        .as("lines of %s/README.md", module)
                        .isLessThanOrEqualTo(40));
    }
}
