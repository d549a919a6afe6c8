package io.freshet.harness.fault;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * Makes the wall clock of a process run ahead or behind, as clocks of different machines do. To a JVM it is an agent, to
 * a native executable libfaketime (Debian: {@code libfaketime}), so that the product needs nothing for it; what a process
 * measures by its monotonic clock stays right.
 */
public final class SkewedClock implements ClassFileTransformer {
    private static final ClassDesc INSTANT = ClassDesc.of("java.time.Instant");

    private final long seconds;

    private SkewedClock(long seconds) {
        this.seconds = seconds;
    }

    /** Environment of a service whose clock is wrong by so much; a native one's stays right without libfaketime. */
    public static Map<String, String> of(boolean isNative, Duration skew, Path directory) {
        long seconds = skew.toSeconds();
        if (!isNative) {
            return Map.of("JAVA_TOOL_OPTIONS", "-javaagent:" + jar(directory) + "=" + seconds);
        }
        return faketime()
                .map(library -> Map.ofEntries(
                        Map.entry("LD_PRELOAD", library.toString()),
                        Map.entry("FAKETIME", "%+d".formatted(seconds)),
                        Map.entry("FAKETIME_DISABLE_SHM", "1"),
                        Map.entry("FAKETIME_DONT_FAKE_MONOTONIC", "1"),
                        // or every wait until a time would end at once, again and again
                        Map.entry("FAKETIME_FORCE_MONOTONIC_FIX", "0")))
                .orElse(Map.of());
    }

    private static Optional<Path> faketime() {
        try (Stream<Path> found =
                Files.find(Path.of("/usr/lib"), 3, (path, file) -> path.endsWith("faketime/libfaketimeMT.so.1"))) {
            return found.findFirst();
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty();
        }
    }

    private static synchronized Path jar(Path directory) {
        Path jar = directory.resolve("skewed-clock.jar");
        if (Files.exists(jar)) {
            return jar;
        }
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(new Attributes.Name("Premain-Class"), SkewedClock.class.getName());
        manifest.getMainAttributes().put(new Attributes.Name("Can-Retransform-Classes"), "true");
        String file = SkewedClock.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                InputStream code = Objects.requireNonNull(SkewedClock.class.getResourceAsStream("/" + file), file)) {
            out.putNextEntry(new JarEntry(file));
            code.transferTo(out);
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Called by the JVM. */
    public static void premain(String seconds, Instrumentation instrumentation) throws UnmodifiableClassException {
        instrumentation.addTransformer(new SkewedClock(Long.parseLong(seconds)), true);
        instrumentation.retransformClasses(Clock.class);
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            String name,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] code) {
        return "java/time/Clock".equals(name) ? skewed(code) : null;
    }

    /** {@code Clock.currentInstant()} is where every wall clock of the JDK gets its time from. */
    private byte[] skewed(byte[] code) {
        CodeTransform later = (builder, element) -> {
            if (element instanceof ReturnInstruction) {
                builder.loadConstant(seconds);
                builder.invokevirtual(INSTANT, "plusSeconds", MethodTypeDesc.of(INSTANT, ConstantDescs.CD_long));
            }
            builder.with(element);
        };
        ClassTransform clock = ClassTransform.transformingMethodBodies(
                method -> method.methodName().equalsString("currentInstant"), later);
        ClassFile files = ClassFile.of();
        return files.transformClass(files.parse(code), clock);
    }
}
