package io.freshet.settings;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What the text of a {@link Variable} may be. It stands beside it, or on an annotation of its own for what several
 * variables may be.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
public @interface Text {

    /** Of the whole text; without lookaround, which the chart's schema does not have. */
    String pattern();

    /** In words, after "has to be". */
    String wanted();

    /** Fewest characters. */
    int shortest() default 1;

    /** Most characters. */
    int longest() default Integer.MAX_VALUE;
}
