package io.freshet.worker.architecture;

import io.freshet.testing.JavaSource;
import io.freshet.testing.Repository;
import io.freshet.worker.execution.Computation;
import io.freshet.worker.handler.MemoryLines;
import io.freshet.worker.handler.MemoryResults;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** The computation that the README shows compiles as it stands there, and does what the README says. */
class ReadmeComputationTest {
    private static final int LINES = 30;

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

    private Class<?> compile() throws IOException, ReflectiveOperationException {
        JavaSource shown = new JavaSource(source);
        shown.compile(
                directory,
                JavaSource.classPath(
                        Computation.class,
                        Identifier.class,
                        ApplicationScoped.class,
                        org.jspecify.annotations.Nullable.class,
                        jakarta.inject.Qualifier.class));
        URLClassLoader loader =
                new URLClassLoader(new URL[] {directory.toUri().toURL()}, Computation.class.getClassLoader());
        return loader.loadClass(shown.name());
    }
}
