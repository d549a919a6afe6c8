package io.freshet.settings;

import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import org.jspecify.annotations.Nullable;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** Derives the rule of a setting from the type and the annotations of its method. */
final class RuleReader {
    private static final String LEAST_NUMBER = "1";
    private static final String LEAST_DURATION = "PT0.001S";

    private RuleReader() {}

    static Rule rule(Method method, Variable variable) {
        Class<?> type = valueType(method.getGenericReturnType());
        if (type == int.class || type == OptionalInt.class) {
            int max = variable.max().isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(variable.max());
            return new Rule.WholeNumber(Integer.parseInt(min(variable, LEAST_NUMBER)), max);
        }
        if (type == Duration.class) {
            return new Rule.Span(DurationConverter.parseDuration(min(variable, LEAST_DURATION)));
        }
        if (type == MemorySize.class) {
            return new Rule.Size(Rule.Size.bytes(min(variable, LEAST_NUMBER)));
        }
        if (type == boolean.class) {
            return new Rule.Words(List.of("true", "false"));
        }
        if (type.isEnum()) {
            return new Rule.Words(Arrays.stream(type.getEnumConstants())
                    .map(word -> word.toString().toLowerCase(Locale.ROOT))
                    .toList());
        }
        return type == URI.class ? new Rule.Address() : written(method);
    }

    private static Rule written(Method method) {
        Text text = text(method);
        return text == null
                ? new Rule.Anything()
                : new Rule.Written(text.pattern(), text.shortest(), text.longest(), text.wanted());
    }

    private static @Nullable Text text(Method method) {
        if (method.isAnnotationPresent(Text.class)) {
            return method.getAnnotation(Text.class);
        }
        return Arrays.stream(method.getAnnotations())
                .map(Annotation::annotationType)
                .filter(type -> type.isAnnotationPresent(Text.class))
                .map(type -> type.getAnnotation(Text.class))
                .findFirst()
                .orElse(null);
    }

    private static String min(Variable variable, String least) {
        return variable.min().isEmpty() ? least : variable.min();
    }

    /** The type within an {@code Optional} or a {@code List}. */
    private static Class<?> valueType(Type type) {
        return switch (type) {
            case Class<?> plain -> plain;
            case ParameterizedType generic -> valueType(generic.getActualTypeArguments()[0]);
            default -> throw new IllegalArgumentException("A setting cannot be a " + type);
        };
    }
}
