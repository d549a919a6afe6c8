package io.freshet.watcher.kubejob;

import io.freshet.settings.Text;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A setting that is the name of an image. */
@Text(pattern = "[A-Za-z0-9]\\S*", longest = 512, wanted = "the name of an image, such as registry/name:tag")
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface ImageName {}
