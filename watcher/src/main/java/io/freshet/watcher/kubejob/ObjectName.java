package io.freshet.watcher.kubejob;

import io.freshet.settings.Text;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A setting that is the name of a Kubernetes object. */
@Text(
        pattern = "[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*",
        longest = 253,
        wanted = "the name of a Kubernetes object: lower-case letters, digits, '-' and '.'")
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface ObjectName {}
