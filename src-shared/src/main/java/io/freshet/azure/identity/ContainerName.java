package io.freshet.azure.identity;

import io.freshet.settings.Text;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A setting that is the name of a container. */
@Text(
        pattern = "[a-z0-9]+(-[a-z0-9]+)*",
        shortest = 3,
        longest = 63,
        wanted = "the name of a container: 3 to 63 lower-case letters, digits and single hyphens")
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface ContainerName {}
