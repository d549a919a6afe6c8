package io.freshet.orchestration;

import io.freshet.settings.WrongSettings;
import io.quarkus.runtime.ImageMode;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Loads orchestrations from jars of users. */
@Singleton
final class OrchestrationJars {
    private static final String VARIABLE = "ORCHESTRATIONS";
    private static final String LIST = "META-INF/services/" + Orchestration.class.getName();

    private final List<String> jars;

    OrchestrationJars(@ConfigProperty(name = "freshet.orchestration.jars") Optional<List<String>> jars) {
        this.jars = jars.orElse(List.of()).stream().map(String::strip).toList();
    }

    /** Throws {@link WrongSettings} if a jar cannot be used. */
    List<Orchestration> load() {
        if (jars.isEmpty()) {
            return List.of();
        }
        if (ImageMode.current() == ImageMode.NATIVE_RUN) {
            throw new WrongSettings(
                    VARIABLE + " is for jars, but this native executable only has the orchestrations it was"
                            + " built with: leave it out, or run the jar of this service");
        }
        URL[] urls = jars.stream().map(OrchestrationJars::url).toArray(URL[]::new);
        // stays open for the lifetime of the service, because classes are loaded on demand
        ClassLoader loader = new URLClassLoader(urls, Orchestration.class.getClassLoader());
        List<Orchestration> found = providers(loader);
        if (found.isEmpty()) {
            throw new WrongSettings(
                    set() + " and contains no orchestration: its " + LIST + " must name the class of one");
        }
        return found;
    }

    private List<Orchestration> providers(ClassLoader loader) {
        try {
            return ServiceLoader.load(Orchestration.class, loader).stream()
                    .map(ServiceLoader.Provider::get)
                    .toList();
        } catch (ServiceConfigurationError | LinkageError e) {
            throw new WrongSettings(set() + ", and a class named in its " + LIST + " cannot be loaded: it must be"
                    + " in the jar, public, with a public constructor without parameters, and compiled against this"
                    + " version of Freshet");
        }
    }

    private String set() {
        return VARIABLE + " is '" + String.join(",", jars) + "'";
    }

    private static URL url(String jar) {
        Path file = Path.of(jar);
        if (!Files.isRegularFile(file)) {
            throw new WrongSettings(VARIABLE + " names '" + jar + "', which does not exist: set the path"
                    + " of a jar, or several separated by commas");
        }
        try {
            return file.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException("A file without a URL", e);
        }
    }
}
