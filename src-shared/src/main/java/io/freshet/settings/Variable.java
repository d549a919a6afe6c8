package io.freshet.settings;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares an environment variable that users set, on the method of a {@code @ConfigMapping} that reads it, or of an
 * interface that several mappings extend. Its valid values follow from the method's type, from {@link Text} if that is a
 * string, and its default from {@code @WithDefault}. The check at start, README's table and the chart's schema are derived
 * from this.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Variable {

    /** Name of the variable. */
    String value();

    /** What it does, as Markdown without a full stop at the end; line breaks count as spaces. */
    String description();

    /** Minimum, as users write it. Default: 1, a byte or a millisecond, by the type. */
    String min() default "";

    /** Maximum of a whole number. */
    String max() default "";

    /** Another variable, whose value is the prefix of this one. */
    String after() default "";

    /** Whether its value is a secret, which is neither logged nor passed to programs that a worker runs. */
    boolean secret() default false;
}
