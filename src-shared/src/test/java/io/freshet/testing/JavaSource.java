package io.freshet.testing;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A class that a document shows, to be compiled as it stands there. */
public final class JavaSource {
    private static final Pattern PACKAGE = Pattern.compile("^package (\\S+);", Pattern.MULTILINE);
    private static final Pattern TYPE = Pattern.compile("^public (?:final )?class (\\w+)", Pattern.MULTILINE);

    private final String text;

    public JavaSource(String text) {
        this.text = text;
    }

    /** The full name of the class. */
    public String name() {
        Matcher itsPackage = PACKAGE.matcher(text);
        return itsPackage.find() ? itsPackage.group(1) + "." + type() : type();
    }

    private String type() {
        Matcher type = TYPE.matcher(text);
        if (!type.find()) {
            throw new IllegalArgumentException("There is no public class in\n" + text);
        }
        return type.group(1);
    }

    /** Where the classes come from, as a class path. */
    public static String classPath(Class<?>... needed) {
        return Stream.of(needed)
                .map(type -> {
                    try {
                        return Path.of(type.getProtectionDomain()
                                        .getCodeSource()
                                        .getLocation()
                                        .toURI())
                                .toString();
                    } catch (URISyntaxException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Writes the class file; fails with what the compiler says. */
    public void compile(Path directory, String classPath) {
        StringWriter messages = new StringWriter();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            Path file = Files.writeString(directory.resolve(type() + ".java"), text);
            List<String> options =
                    List.of("-d", directory.toString(), "-proc:none", "-Xlint:-classfile", "-classpath", classPath);
            boolean compiled = compiler.getTask(messages, files, null, options, null, files.getJavaFileObjects(file))
                    .call();
            if (!compiled) {
                throw new AssertionError(messages.toString());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Compiles into a jar that names the class as a provider of a service, in a directory that is empty. */
    public Path jar(Path directory, String classPath, Class<?> service) {
        try {
            Path classes = Files.createDirectory(directory.resolve("classes"));
            compile(classes, classPath);
            Path services = Files.createDirectories(classes.resolve("META-INF/services"));
            Files.writeString(services.resolve(service.getName()), name() + "\n");
            return pack(classes, directory.resolve(type() + ".jar"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path pack(Path directory, Path jar) throws IOException {
        try (Stream<Path> files = Files.walk(directory);
                JarOutputStream packed = new JarOutputStream(Files.newOutputStream(jar))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                packed.putNextEntry(
                        new JarEntry(directory.relativize(file).toString().replace(File.separatorChar, '/')));
                Files.copy(file, packed);
            }
        }
        return jar;
    }
}
