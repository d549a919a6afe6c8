package io.freshet.settings;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An environment variable that users set: the one place where all is said of it. It stands on a method of a
 * {@code @ConfigMapping}, or of an interface that several of them extend. The method's type says what it may be,
 * {@code @Text} what a text may be, and {@code @WithDefault} what holds without it.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Variable {

    /** Its name. */
    String value();

    /** What it does: Markdown for README's table, without a full stop at the end; line breaks are spaces. */
    String says();

    /** The least that it may be, as users write it. Without it more than nothing: 1, a byte, a millisecond. */
    String min() default "";

    /** The most that a whole number may be. */
    String max() default "";

    /** Another variable, whose text is put before that of this one. */
    String after() default "";

    /** Whether it opens something. Then neither a log nor a program that a worker runs shows it. */
    boolean secret() default false;
}
