package io.freshet.system.orchestration;

import io.freshet.orchestration.Orchestration;
import io.freshet.system.cluster.TestedFreshet;
import io.freshet.testing.JavaSource;
import io.freshet.testing.Repository;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A user's own orchestration, in a jar that all services load. */
public final class OwnOrchestration {
    /** Two steps, and between them an event that is waited for. */
    public static final String WITH_APPROVAL = """
            import com.fasterxml.jackson.databind.JsonNode;
            import io.freshet.instance.Inputs;
            import io.freshet.orchestration.*;
            import java.time.Duration;
            import java.util.*;

            public class WithApproval implements Orchestration {
                public String name() {
                    return "WithApproval";
                }

                public Next begin(Start start) {
                    return Next.fanOut("sum", start.inputs());
                }

                public Next next(Moment moment) {
                    if (moment.steps() == 2) {
                        return Next.complete(moment.value());
                    }
                    if (moment.step() != null) {
                        return Next.waitFor("Approved", Duration.ofMinutes(10)).keeping(moment.value());
                    }
                    if (moment.isTimeout()) {
                        return Next.fail("nobody approved");
                    }
                    List<String> twice = new ArrayList<>();
                    for (JsonNode sum : moment.kept()) twice.add("[" + sum + "," + sum + "]");
                    return Next.fanOut("sum", new Inputs.Given(twice));
                }

                public Optional<Reducer> reducer(int step) {
                    return Optional.of(new Collect());
                }
            }
            """;

    private OwnOrchestration() {}

    /** Executables have the orchestrations that they were built with. */
    public static boolean canBeLoaded() {
        return Stream.of("gateway", "watcher", "worker").noneMatch(TestedFreshet.installation()::isNative);
    }

    /** @param directory an empty one */
    public static Path jar(String source, Path directory) {
        return new JavaSource(source).jar(directory, packaged(), Orchestration.class);
    }

    /** What users compile against. */
    private static String packaged() {
        Path libraries = Repository.root().resolve("gateway/target/quarkus-app/lib/main");
        try (Stream<Path> jars = Files.list(libraries)) {
            return jars.map(Path::toString).collect(Collectors.joining(System.getProperty("path.separator")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
