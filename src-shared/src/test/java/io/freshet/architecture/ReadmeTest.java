package io.freshet.architecture;

import io.freshet.run.RunState;
import io.freshet.run.RunStates;
import io.freshet.testing.Repository;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** The README says what the code does. */
class ReadmeTest {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*):([^}]*)}");
    private static final Pattern SWITCH = Pattern.compile("value\\(context, \"([A-Z][A-Z0-9_]*)\"\\)");
    private static final Pattern ROW = Pattern.compile("\\| `([A-Z][A-Z0-9_]*)` \\| (\\S*) \\| ([a-z, ]+) \\| .+ \\|");
    private static final Pattern DECLARATION = Pattern.compile("(?:class|record|interface|enum) ([A-Z]\\w*)");
    private static final String SHARED = "src-shared";

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
    void theConfigurationTableHasExactlyTheVariablesOfTheServices() {
        assertThat(documented()).isEqualTo(read());
    }

    /** Default and services by variable, as the table has them. */
    private Map<String, String> documented() {
        Map<String, String> rows = new TreeMap<>();
        Repository.section(readme, "## Configuration")
                .lines()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .forEach(row -> rows.put(row.group(1), row.group(2).replace("`", "") + " | " + row.group(3)));
        return rows;
    }

    /** Default and services by variable, as the services read them. */
    private static Map<String, String> read() {
        Map<String, String> defaults = new TreeMap<>();
        Map<String, TreeSet<String>> services = new TreeMap<>();
        for (Path file : Repository.mainFiles(".properties")) {
            Matcher variables = VARIABLE.matcher(Repository.read(file));
            while (variables.find()) {
                defaults.merge(variables.group(1), variables.group(2), ReadmeTest::theSame);
                services.computeIfAbsent(variables.group(1), name -> new TreeSet<>())
                        .add(module(file));
            }
        }
        Matcher switches =
                SWITCH.matcher(Repository.read("src-shared/src/main/java/io/freshet/settings/SwitchesSource.java"));
        while (switches.find()) {
            defaults.put(switches.group(1), "");
            services.put(switches.group(1), new TreeSet<>(List.of(SHARED)));
        }
        return defaults.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> entry.getValue() + " | " + named(services.get(entry.getKey())),
                        ReadmeTest::theSame,
                        TreeMap::new));
    }

    private static String theSame(String one, String other) {
        assertThat(other).as("the default is the same everywhere").isEqualTo(one);
        return one;
    }

    private static String named(TreeSet<String> modules) {
        return modules.contains(SHARED) ? "all" : String.join(", ", modules);
    }

    private static String module(Path file) {
        return Repository.root().relativize(file).getName(0).toString();
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
