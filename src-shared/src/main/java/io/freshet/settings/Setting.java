package io.freshet.settings;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import io.smallrye.config.common.utils.StringUtil;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;

/**
 * Something that users set, as it is annotated.
 *
 * @param mapping the interface that a service reads it from
 * @param property what it is called there, with the prefix
 * @param variable what users call it
 * @param after the variable whose text is put before it, or nothing
 * @param preset what holds without it, or nothing
 * @param says what it does, in Markdown
 */
public record Setting(
        Class<?> mapping,
        String property,
        String variable,
        String after,
        String preset,
        Rule rule,
        boolean secret,
        String says) {

    private static final int SHOWN = 64;

    /** All that are annotated in these; of what is in an executable, this is the only reflection, when it is built. */
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
        WithDefault preset = method.getAnnotation(WithDefault.class);
        return new Setting(
                mapping,
                mapping.getAnnotation(ConfigMapping.class).prefix() + "."
                        + (name == null ? StringUtil.skewer(method.getName()) : name.value()),
                variable.value(),
                variable.after(),
                preset == null ? "" : preset.value(),
                RuleReader.rule(method, variable),
                variable.secret(),
                variable.says().strip().replaceAll("\\s+", " "));
    }

    /** What the property is. */
    String expression() {
        return (after.isEmpty() ? "" : "${" + after + ":}") + "${" + variable + ":" + preset + "}";
    }

    String complaint(String text) {
        String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
        return variable + (secret ? " has to be " : " is '" + shown + "' and has to be ") + rule.wanted();
    }
}
