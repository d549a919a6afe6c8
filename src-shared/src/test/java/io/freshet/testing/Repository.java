package io.freshet.testing;

import io.freshet.harness.Checkout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The sources of the whole project, for tests that hold the documents and the code against each other. */
public final class Repository {
    private static final List<String> MODULES = List.of("harness", "src-shared", "gateway", "worker", "watcher");

    private Repository() {}

    /** The directory that holds the modules, found upwards from where the test runs. */
    public static Path root() {
        return Checkout.root();
    }

    /** @param path from the root */
    public static String read(String path) {
        return read(root().resolve(path));
    }

    public static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static List<String> modules() {
        return MODULES;
    }

    /** Every file of the products, not of the tests, whose name ends so. */
    public static List<Path> mainFiles(String ending) {
        return MODULES.stream().flatMap(module -> mainFiles(module, ending)).toList();
    }

    private static Stream<Path> mainFiles(String module, String ending) {
        try (Stream<Path> files = Files.walk(root().resolve(module).resolve("src/main"))) {
            return files.filter(file -> file.toString().endsWith(ending)).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What stands between a heading of a Markdown text and the next heading of the same or a higher rank. */
    public static String section(String markdown, String heading) {
        int start = markdown.indexOf("\n" + heading + "\n");
        if (start < 0) {
            throw new IllegalArgumentException("There is no heading '" + heading + "'");
        }
        int from = start + heading.length() + 2;
        int end = markdown.indexOf("\n" + heading.substring(0, heading.indexOf(' ') + 1), from);
        return markdown.substring(from, end < 0 ? markdown.length() : end);
    }

    /** The text of the first fenced block of this language. */
    public static String fenced(String markdown, String language) {
        String opening = "```" + language + "\n";
        int start = markdown.indexOf(opening);
        if (start < 0) {
            throw new IllegalArgumentException("There is no ```" + language + " block");
        }
        int from = start + opening.length();
        return markdown.substring(from, markdown.indexOf("\n```", from) + 1);
    }
}
