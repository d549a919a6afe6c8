package io.freshet.settings;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Valid values of a {@link Variable} that is a string. It stands beside it, or on an annotation of its own that several
 * variables share.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
public @interface Text {

    /** Regular expression for the whole text; without lookaround, which the chart's schema does not support. */
    String pattern();

    /** The valid values in words, to follow "must be". */
    String wanted();

    /** Minimum length in characters. */
    int shortest() default 1;

    /** Maximum length in characters. */
    int longest() default Integer.MAX_VALUE;
}
