package io.freshet.queue;

import io.freshet.settings.Text;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A setting that is the name of a queue; there is one with {@code -poison} behind it for each. */
@Text(
        pattern = "[a-z0-9]+(-[a-z0-9]+)*",
        shortest = 3,
        longest = 56,
        wanted = "the name of a queue: 3 to 56 lower-case letters, digits and single hyphens, the prefix included")
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface QueueName {}
