package io.freshet.worker.architecture;

import io.freshet.testing.Repository;
import io.freshet.worker.execution.Computation;
import io.freshet.worker.handler.MemoryLines;
import io.freshet.worker.handler.MemoryResults;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The computation that the README shows compiles as it stands there, and does what the README says. */
class ReadmeComputationTest {
    private static final int LINES = 30;
    private static final Pattern TYPE = Pattern.compile("package (\\S+);.*?class (\\w+)", Pattern.DOTALL);

    private final String source =
            Repository.fenced(Repository.section(Repository.read("README.md"), "## Your own computation"), "java");

    @TempDir
    private Path directory;

    @Test
    void itIsShort() {
        assertThat(source.lines().count()).isLessThan(LINES);
    }

    @Test
    void itCompilesAndComputes() throws Exception {
        Class<?> compiled = compile();
        Computation computation =
                (Computation) compiled.getDeclaredConstructor().newInstance();
        MemoryResults results = new MemoryResults();

        computation.compute(MemoryLines.of("to be or not to be", "Wörter zählen", "\u2003"), results);

        assertThat(results.written()).containsExactly("6", "2");
        assertThat(results.rejected()).containsExactly("3: no words");
        assertThat(compiled.getAnnotation(Identifier.class).value()).isEqualTo("words");
        assertThat(compiled).hasAnnotation(ApplicationScoped.class);
    }

    private Class<?> compile() throws IOException, ReflectiveOperationException, URISyntaxException {
        Matcher type = TYPE.matcher(source);
        assertThat(type.find()).as("a package and a class").isTrue();
        Path file = directory.resolve(type.group(2) + ".java");
        Files.writeString(file, source);
        StringWriter messages = new StringWriter();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options =
                    List.of("-d", directory.toString(), "-proc:none", "-Xlint:-classfile", "-classpath", classpath());
            boolean compiled = compiler.getTask(messages, files, null, options, null, files.getJavaFileObjects(file))
                    .call();
            assertThat(compiled).as(messages.toString()).isTrue();
        }
        URLClassLoader loader =
                new URLClassLoader(new URL[] {directory.toUri().toURL()}, Computation.class.getClassLoader());
        return loader.loadClass(type.group(1) + "." + type.group(2));
    }

    private static String classpath() throws URISyntaxException {
        return Stream.of(
                        Computation.class,
                        Identifier.class,
                        ApplicationScoped.class,
                        org.jspecify.annotations.Nullable.class,
                        jakarta.inject.Qualifier.class)
                .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
                .map(ReadmeComputationTest::path)
                .collect(Collectors.joining(java.io.File.pathSeparator));
    }

    private static String path(URL location) {
        try {
            return Path.of(location.toURI()).toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
