package io.freshet.settings;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import io.smallrye.config.common.utils.StringUtil;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;

/**
 * A setting, as {@link Variable} declares it.
 *
 * @param mapping the interface that a service reads it from
 * @param property its name in the configuration, with the prefix
 * @param variable its name in the environment
 * @param after the variable that holds its prefix; empty if there is none
 * @param defaultValue empty if there is none
 * @param description what it does, in Markdown
 */
public record Setting(
        Class<?> mapping,
        String property,
        String variable,
        String after,
        String defaultValue,
        Rule rule,
        boolean secret,
        String description) {

    private static final int SHOWN = 64;

    /** The settings that these mappings declare. Executables call it at build time: at run time there is no reflection. */
    public static List<Setting> of(Class<?>... mappings) {
        return Arrays.stream(mappings)
                .flatMap(mapping -> Arrays.stream(mapping.getMethods())
                        .filter(method -> method.isAnnotationPresent(Variable.class))
                        .map(method -> of(mapping, method)))
                .toList();
    }

    private static Setting of(Class<?> mapping, Method method) {
        Variable variable = method.getAnnotation(Variable.class);
        WithName name = method.getAnnotation(WithName.class);
        WithDefault defaultValue = method.getAnnotation(WithDefault.class);
        return new Setting(
                mapping,
                mapping.getAnnotation(ConfigMapping.class).prefix() + "."
                        + (name == null ? StringUtil.skewer(method.getName()) : name.value()),
                variable.value(),
                variable.after(),
                defaultValue == null ? "" : defaultValue.value(),
                RuleReader.rule(method, variable),
                variable.secret(),
                variable.description().strip().replaceAll("\\s+", " "));
    }

    /** Value of the property: an expression of the variable. */
    String expression() {
        return (after.isEmpty() ? "" : "${" + after + ":}") + "${" + variable + ":" + defaultValue + "}";
    }

    String complaint(String text) {
        String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
        return variable + (secret ? " must be " : " is '" + shown + "' but must be ") + rule.wanted();
    }
}
