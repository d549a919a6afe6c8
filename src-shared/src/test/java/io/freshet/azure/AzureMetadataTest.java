package io.freshet.azure;

import com.azure.core.annotation.BodyParam;
import com.azure.core.annotation.ServiceInterface;
import com.azure.core.annotation.UnexpectedResponseExceptionType;
import com.azure.core.http.HttpClient;
import com.azure.core.util.ExpandableStringEnum;
import com.azure.identity.DefaultAzureCredential;
import com.azure.storage.blob.BlobServiceAsyncClient;
import com.azure.storage.common.StorageSharedKeyCredential;
import com.azure.storage.queue.QueueServiceAsyncClient;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * In a native executable the SDK can only look up what metadata name. What it does not find it mostly swallows: an error
 * answer without its row never ends the call. So the rows are derived from the SDK, and an update that needs others fails
 * here.
 */
class AzureMetadataTest {
    private static final String OURS = "/META-INF/native-image/io.freshet/freshet-shared/reachability-metadata.json";
    private static final String PROXY = "proxy ";
    private static final List<Class<?>> ONE_OF_EACH_JAR = List.of(
            HttpClient.class,
            StorageSharedKeyCredential.class,
            BlobServiceAsyncClient.class,
            QueueServiceAsyncClient.class,
            DefaultAzureCredential.class);

    private final ObjectMapper json = new ObjectMapper();
    private final Set<String> needed = new TreeSet<>();
    private final Set<String> bundled = new TreeSet<>();

    @Test
    void ourMetadataAreWhatTheSdkLooksUpAndDoesNotBringItself() throws Exception {
        for (Class<?> one : ONE_OF_EACH_JAR) {
            read(Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI()));
        }
        needed.removeAll(bundled);
        assertThat(ours()).isEqualTo(needed);
    }

    @Test
    void everyTypeIsRegisteredWithConstructorsAndMethods() throws IOException {
        for (JsonNode row : rows()) {
            if (row.path("type").isTextual()) {
                assertThat(row.path("allDeclaredConstructors").asBoolean())
                        .as("%s", row)
                        .isTrue();
                assertThat(row.path("allDeclaredMethods").asBoolean())
                        .as("%s", row)
                        .isTrue();
            }
        }
    }

    private Set<String> ours() throws IOException {
        Set<String> names = new TreeSet<>();
        for (JsonNode row : rows()) {
            JsonNode type = row.path("type");
            names.add(
                    type.isTextual()
                            ? type.asText()
                            : PROXY + type.path("proxy").path(0).asText());
        }
        return names;
    }

    private JsonNode rows() throws IOException {
        try (InputStream file = AzureMetadataTest.class.getResourceAsStream(OURS)) {
            return json.readTree(file).path("reflection");
        }
    }

    private void read(Path jar) throws IOException, ReflectiveOperationException {
        try (JarFile file = new JarFile(jar.toFile())) {
            for (JarEntry entry : Collections.list(file.entries())) {
                String name = entry.getName();
                if (name.startsWith("META-INF/native-image/") && name.endsWith("reflect-config.json")) {
                    json.readTree(file.getInputStream(entry))
                            .forEach(row -> bundled.add(row.path("name").asText()));
                } else if (name.startsWith("META-INF/native-image/") && name.endsWith("proxy-config.json")) {
                    json.readTree(file.getInputStream(entry))
                            .forEach(row -> bundled.add(PROXY + row.path(0).asText()));
                } else if (name.startsWith("com/azure/") && name.endsWith(".class")) {
                    look(name.substring(0, name.length() - ".class".length()).replace('/', '.'));
                }
            }
        }
    }

    private void look(String className) throws ReflectiveOperationException {
        Class<?> type = Class.forName(className, false, AzureMetadataTest.class.getClassLoader());
        if (ExpandableStringEnum.class.isAssignableFrom(type) && type != ExpandableStringEnum.class) {
            needed.add(className);
        }
        if (type.isAnnotationPresent(ServiceInterface.class)) {
            needed.add(PROXY + className);
            for (Method operation : type.getDeclaredMethods()) {
                types(operation).forEach(this::need);
            }
        }
    }

    /** What travels: answers, bodies, and exceptions, whose class the SDK asks for the type of their value. */
    private static List<Type> types(Method operation) throws ReflectiveOperationException {
        List<Type> types = new ArrayList<>(List.of(operation.getGenericReturnType()));
        for (Parameter parameter : operation.getParameters()) {
            if (parameter.isAnnotationPresent(BodyParam.class)) {
                types.add(parameter.getParameterizedType());
            }
        }
        for (var failure : operation.getAnnotationsByType(UnexpectedResponseExceptionType.class)) {
            types.add(failure.value());
            types.add(failure.value().getMethod("getValue").getReturnType());
        }
        return types;
    }

    private void need(Type type) {
        if (type instanceof ParameterizedType generic) {
            need(generic.getRawType());
            for (Type argument : generic.getActualTypeArguments()) {
                need(argument);
            }
        } else if (type instanceof Class<?> travels
                && travels.getName().startsWith("com.azure.")
                && !travels.getName().startsWith("com.azure.core.")) {
            needed.add(travels.getName());
        }
    }
}
