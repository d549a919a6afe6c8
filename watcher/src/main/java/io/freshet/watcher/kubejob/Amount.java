package io.freshet.watcher.kubejob;

import io.freshet.settings.Text;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A setting that is a quantity of Kubernetes. */
@Text(
        pattern = "\\d+(\\.\\d+)?(m|k|K|M|G|T|Ki|Mi|Gi|Ti)?",
        wanted = "a quantity of Kubernetes, such as 0.5, 500m or 256Mi")
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Amount {}
