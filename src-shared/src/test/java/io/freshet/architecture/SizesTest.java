package io.freshet.architecture;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import io.freshet.testing.Repository;
import org.junit.jupiter.api.Test;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Sizes that keep code readable, for the code of the products. */
class SizesTest {
    private static final int FILE_LINES = 300;
    private static final int METHOD_LINES = 40;
    private static final int PARAMETERS = 4;
    private static final String CONSTRUCTOR = "<init>";

    @Test
    void noFileIsLong() {
        List<String> tooLong = new ArrayList<>();
        for (Path file : Repository.mainFiles(".java")) {
            long lines = Repository.read(file).lines().count();
            if (lines > FILE_LINES) {
                tooLong.add(Repository.root().relativize(file) + ": " + lines + " lines");
            }
        }

        assertThat(tooLong).as("files of more than %d lines", FILE_LINES).isEmpty();
    }

    @Test
    void noMethodIsLongOrTakesManyParameters() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, files, null, null, null, files.getJavaFileObjectsFromPaths(Repository.mainFiles(".java")));
            Methods methods = new Methods(Trees.instance(task).getSourcePositions());
            for (CompilationUnitTree unit : task.parse()) {
                methods.scan(unit, unit);
            }

            assertThat(methods.seen).as("methods that were measured").isGreaterThan(100);
            assertThat(methods.tooLarge).isEmpty();
        }
    }

    private static final class Methods extends TreeScanner<Void, CompilationUnitTree> {
        private final SourcePositions positions;
        private final List<String> tooLarge = new ArrayList<>();
        private int seen;

        Methods(SourcePositions positions) {
            this.positions = positions;
        }

        @Override
        public Void visitMethod(MethodTree method, CompilationUnitTree unit) {
            seen++;
            long lines = lines(method, unit);
            boolean constructor = method.getName().contentEquals(CONSTRUCTOR);
            if (lines > METHOD_LINES) {
                tooLarge.add(name(method, unit) + ": " + lines + " lines");
            }
            if (!constructor
                    && method.getBody() != null
                    && method.getParameters().size() > PARAMETERS
                    && !isOverride(method)) {
                tooLarge.add(name(method, unit) + ": " + method.getParameters().size() + " parameters");
            }
            return super.visitMethod(method, unit);
        }

        private long lines(MethodTree method, CompilationUnitTree unit) {
            if (method.getBody() == null || positions.getEndPosition(unit, method) < 0) {
                return 0;
            }
            long first = unit.getLineMap().getLineNumber(positions.getStartPosition(unit, method.getBody()));
            long last = unit.getLineMap().getLineNumber(positions.getEndPosition(unit, method.getBody()));
            return last - first + 1;
        }

        /** What a framework's interface demands is not ours to shorten. */
        private static boolean isOverride(MethodTree method) {
            return method.getModifiers().getAnnotations().stream()
                    .anyMatch(annotation ->
                            annotation.getAnnotationType().toString().equals("Override"));
        }

        private static String name(MethodTree method, CompilationUnitTree unit) {
            return Path.of(unit.getSourceFile().toUri()).getFileName() + " " + method.getName();
        }
    }
}
