package io.freshet.orchestration;

import com.fasterxml.jackson.core.TreeNode;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import io.freshet.instance.Inputs;
import io.freshet.settings.WrongSettings;
import io.freshet.testing.JavaSource;
import io.freshet.testing.Repository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A user's own jar, with the orchestration that the README shows. */
class OrchestrationJarsTest {
    private static final int LINES = 40;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String shown =
            Repository.fenced(Repository.section(Repository.read("README.md"), "### Your own orchestration"), "java");

    @TempDir
    private Path directory;

    @Test
    void whatTheReadmeShowsIsShort() {
        assertThat(shown.lines().count()).isLessThan(LINES);
    }

    @Test
    void whatTheReadmeShowsIsLoadedAndDecides() throws IOException {
        Orchestration shares = load(jar(shown)).getFirst();
        Start start = new Start("a", JSON.readTree("{\"inputs\":[[1,2],[3,4,5],[5]]}"), null);

        assertThat(shares.name()).isEqualTo("Shares");
        assertThat(shares.begin(start).action())
                .isEqualTo(new Next.FanOut("sum", new Inputs.Given(List.of("[1,2]", "[3,4,5]", "[5]"))));
        assertThat(next(shares, start, 1, "[3,12,5]").action())
                .isEqualTo(new Next.FanOut(
                        "calculator",
                        new Inputs.Given(List.of(
                                "{\"id\":\"0\",\"value1\":3,\"op\":\"/\",\"value2\":20}",
                                "{\"id\":\"1\",\"value1\":12,\"op\":\"/\",\"value2\":20}",
                                "{\"id\":\"2\",\"value1\":5,\"op\":\"/\",\"value2\":20}"))));
        assertThat(next(shares, start, 2, "[0.15]").action()).isEqualTo(new Next.Complete(JSON.readTree("[0.15]")));
    }

    @Test
    void itsReducerKeepsTheResultsInTheirOrder() {
        Reducer reducer = load(jar(shown)).getFirst().reducer(1).orElseThrow();

        reducer.add(0, JSON.valueToTree(3));
        reducer.add(1, JSON.valueToTree("x"));

        assertThat(reducer.value()).hasToString("[3,\"x\"]");
    }

    @Test
    void nothingIsLoadedWithoutAJar() {
        assertThat(new OrchestrationJars(Optional.empty()).load()).isEmpty();
    }

    @Test
    void aJarThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> load(directory.resolve("away.jar")))
                .isInstanceOf(WrongSettings.class)
                .hasMessageStartingWith("ORCHESTRATIONS names '" + directory.resolve("away.jar") + "'")
                .hasMessageContaining("does not exist");
    }

    @Test
    void aJarWithoutAnOrchestrationIsRefused() throws IOException {
        Path noJar = Files.writeString(directory.resolve("notes.txt"), "hello");

        assertThatThrownBy(() -> load(noJar))
                .isInstanceOf(WrongSettings.class)
                .hasMessageContaining("notes.txt' and contains no orchestration: its META-INF/services/"
                        + "io.freshet.orchestration.Orchestration must name the class of one");
    }

    @Test
    void aClassThatCannotBeMadeIsRefusedWithTheRemedy() {
        String withParameter = shown.replace("private static final", "public Shares(int n) {}\n private static final");

        assertThatThrownBy(() -> load(jar(withParameter)))
                .isInstanceOf(WrongSettings.class)
                .hasMessageContaining("a public constructor without parameters");
    }

    @Test
    void twoOfOneNameAreRefused() {
        String taken = shown.replace("return \"Shares\";", "return \"computeORCHESTRATOR\";");
        OrchestrationJars jars =
                new OrchestrationJars(Optional.of(List.of(jar(taken).toString())));

        assertThatThrownBy(() -> new Orchestrations(List.of(new ComputeOrchestrator()), jars))
                .isInstanceOf(WrongSettings.class)
                .hasMessageContaining("Two orchestrations are called ComputeOrchestrator")
                .hasMessageContaining("Shares");
    }

    private Path jar(String source) {
        String classPath = JavaSource.classPath(Orchestration.class, JsonNode.class, TreeNode.class);
        return new JavaSource(source).jar(directory, classPath, Orchestration.class);
    }

    private static List<Orchestration> load(Path jar) {
        return new OrchestrationJars(Optional.of(List.of(jar.toString()))).load();
    }

    private static Next next(Orchestration orchestration, Start start, int steps, String value) throws IOException {
        StepSummary summary = new StepSummary(3, "output/a/", JSON.readTree(value));
        return orchestration.next(new Moment(start, steps, summary, null, NullNode.instance));
    }
}
