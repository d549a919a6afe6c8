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

/** Orchestrations of users, from jars that were made after this service. */
@Singleton
final class OrchestrationJars {
    private static final String VARIABLE = "ORCHESTRATIONS";
    private static final String LIST = "META-INF/services/" + Orchestration.class.getName();

    private final List<String> jars;

    OrchestrationJars(@ConfigProperty(name = "freshet.orchestration.jars") Optional<List<String>> jars) {
        this.jars = jars.orElse(List.of()).stream().map(String::strip).toList();
    }

    /** Throws {@link WrongSettings} if a jar is not as it has to be. */
    List<Orchestration> load() {
        if (jars.isEmpty()) {
            return List.of();
        }
        if (ImageMode.current() == ImageMode.NATIVE_RUN) {
            throw new WrongSettings(VARIABLE + " is for jars; this executable has the orchestrations that it was built"
                    + " with: leave it out, or run the jar of this service");
        }
        URL[] urls = jars.stream().map(OrchestrationJars::url).toArray(URL[]::new);
        // open for as long as this service lives: classes are loaded when they are needed
        ClassLoader loader = new URLClassLoader(urls, Orchestration.class.getClassLoader());
        List<Orchestration> found = providers(loader);
        if (found.isEmpty()) {
            throw new WrongSettings(set() + " and has no orchestration: its " + LIST + " has to name the class of one");
        }
        return found;
    }

    private List<Orchestration> providers(ClassLoader loader) {
        try {
            return ServiceLoader.load(Orchestration.class, loader).stream()
                    .map(ServiceLoader.Provider::get)
                    .toList();
        } catch (ServiceConfigurationError | LinkageError e) {
            throw new WrongSettings(set() + ", and a class that " + LIST + " names there cannot be loaded: it has to be"
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
            throw new WrongSettings(VARIABLE + " names '" + jar + "', and there is no such file: it has to be the path"
                    + " of a jar, or several with commas between them");
        }
        try {
            return file.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException("A file has a URL", e);
        }
    }
}
