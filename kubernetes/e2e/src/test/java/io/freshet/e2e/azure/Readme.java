package io.freshet.e2e.azure;

import io.freshet.testing.Repository;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The tables of the README beside the templates. */
final class Readme {
    private static final String TEXT = Repository.read(Deployment.AZURE.resolve("README.md"));
    private static final Pattern ROW = Pattern.compile("(?m)^\\| *(.*?) *\\|$");
    private static final Pattern CONDITION = Pattern.compile("`(\\w+)`(?: is `(\\w+)`)?");
    private static final Pattern QUOTED = Pattern.compile("'([\\w-]+)'");
    private static final Pattern IDENTITY = Pattern.compile("id-freshet-(\\w+)");

    private Readme() {}

    /** Cells of the table below a heading, without its head. */
    static List<List<String>> rows(String heading) {
        String section = Stream.of(TEXT.split("(?m)^## "))
                .filter(part -> part.startsWith(heading))
                .findFirst()
                .orElseThrow(() -> new AssertionError("The README has no section \"" + heading + "\""));
        return ROW.matcher(section)
                .results()
                .map(row -> Arrays.asList(row.group(1).split(" *\\| *")))
                .skip(2)
                .toList();
    }

    /** The table of rights, as far as it holds with these parameters. */
    static List<String> grants(Deployment deployment) {
        return rows("Who may do what").stream()
                .filter(row -> Stream.of(row.get(3).split(", ")).allMatch(condition -> holds(condition, deployment)))
                .flatMap(row ->
                        scopes(row.get(2), deployment).map(scope -> row.get(0) + " | " + row.get(1) + " | " + scope))
                .sorted()
                .toList();
    }

    private static boolean holds(String condition, Deployment deployment) {
        Matcher parameter = CONDITION.matcher(condition);
        if (!parameter.matches()) {
            assertThat(condition).isEqualTo("always");
            return true;
        }
        return parameter.group(2) == null
                ? deployment.has(parameter.group(1))
                : deployment.parameter(parameter.group(1), "").equals(parameter.group(2));
    }

    private static Stream<String> scopes(String on, Deployment deployment) {
        String inputs = quoted(deployment.parameter("inputContainers", "")).orElse("");
        List<String> words =
                Stream.of(on.split("`, `| `|`")).filter(word -> !word.isEmpty()).toList();
        String kind = words.getFirst().replaceFirst("s$", "");
        return words.size() == 1
                ? Stream.of(on)
                : words.stream().skip(1).map(name -> kind + " " + name.replace("<inputContainers>", inputs));
    }

    /** The first name in quotation marks. */
    static Optional<String> quoted(String text) {
        Matcher name = QUOTED.matcher(text);
        return name.find() ? Optional.of(name.group(1)) : Optional.empty();
    }

    /** Which identity takes the tokens of which service account. */
    static List<String> identities() {
        return rows("Identities").stream()
                .map(row -> {
                    String[] account =
                            row.get(1).replaceFirst("^`([\\w/-]+)`.*", "$1").split("/");
                    return identity(row.get(0)) + " system:serviceaccount:" + account[0] + ":" + account[1];
                })
                .toList();
    }

    static String identity(String text) {
        Matcher identity = IDENTITY.matcher(text);
        assertThat(identity.find()).as(text).isTrue();
        return identity.group(1);
    }
}
