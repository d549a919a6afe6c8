package io.freshet.e2e;

import io.freshet.settings.Setting;
import io.freshet.settings.SettingsSource;
import io.freshet.settings.Variable;
import io.freshet.settings.common.CommonSettings;
import io.freshet.testing.Repository;
import org.eclipse.microprofile.config.spi.ConfigSource;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A setting as the services are compiled.
 *
 * @param readers the services that read it
 */
record ServiceSetting(Setting setting, Set<String> readers) {
    private static final List<String> SERVICES = List.of("gateway", "worker", "watcher");

    /** Each once, in the order in which they are written down; those of all services come first. */
    static List<ServiceSetting> all() {
        Map<String, ServiceSetting> all = new LinkedHashMap<>();
        add(all, new CommonSettings(), SERVICES);
        SERVICES.forEach(service -> sources(service).forEach(source -> add(all, source, List.of(service))));
        return all.values().stream()
                .sorted(Comparator.comparing(setting -> !setting.isReadByAll()))
                .toList();
    }

    private static void add(Map<String, ServiceSetting> all, SettingsSource source, List<String> readers) {
        List<Class<?>> mappings = source.settings().stream()
                .<Class<?>>map(Setting::mapping)
                .distinct()
                .toList();
        List<String> order = mappings.stream()
                .flatMap(mapping -> variables(mapping).stream())
                .toList();
        source.settings().stream()
                .sorted(Comparator.comparing(setting -> order.indexOf(setting.variable())))
                .forEach(setting -> all.computeIfAbsent(
                                setting.variable(), name -> new ServiceSetting(setting, new TreeSet<>()))
                        .readers
                        .addAll(readers));
    }

    private static List<SettingsSource> sources(String service) {
        ClassLoader loader = new URLClassLoader(new URL[] {classes(service)}, SettingsSource.class.getClassLoader());
        List<SettingsSource> sources = ServiceLoader.load(ConfigSource.class, loader).stream()
                .filter(provider -> provider.type().getClassLoader() == loader)
                .map(ServiceLoader.Provider::get)
                .map(SettingsSource.class::cast)
                .toList();
        assertThat(sources)
                .as("what is compiled of the %s: it has to be built first", service)
                .isNotEmpty();
        return sources;
    }

    private static URL classes(String service) {
        try {
            return Repository.root()
                    .resolve(service)
                    .resolve("target/classes")
                    .toUri()
                    .toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException("A directory has a URL", e);
        }
    }

    /** Reflection has no order. */
    private static List<String> variables(Class<?> mapping) {
        List<String> variables = new ArrayList<>();
        try (InputStream file = mapping.getResourceAsStream(mapping.getSimpleName() + ".class")) {
            ClassFile.of().parse(Objects.requireNonNull(file).readAllBytes()).methods().stream()
                    .map(method -> method.methodName().stringValue())
                    .flatMap(name -> variable(mapping, name).stream())
                    .forEach(variables::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Arrays.stream(mapping.getInterfaces()).map(ServiceSetting::variables).forEach(variables::addAll);
        return variables;
    }

    private static Optional<String> variable(Class<?> mapping, String name) {
        return Stream.of(mapping.getDeclaredMethods())
                .filter(method -> method.getName().equals(name))
                .filter(method -> method.isAnnotationPresent(Variable.class))
                .map(method -> method.getAnnotation(Variable.class))
                .map(Variable::value)
                .findFirst();
    }

    private boolean isReadByAll() {
        return readers.size() == SERVICES.size();
    }

    String variable() {
        return setting.variable();
    }

    String defaultValue() {
        return setting.defaultValue();
    }

    /** A row of the README's table. */
    String row() {
        return "| `%s` | %s | %s | %s |"
                .formatted(
                        variable(),
                        defaultValue().isEmpty() ? "" : "`" + defaultValue() + "`",
                        isReadByAll() ? "all" : String.join(", ", readers),
                        setting.description() + (setting.secret() ? ". A secret" : ""));
    }
}
