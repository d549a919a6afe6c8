package io.freshet.watcher.reconcile;

/**
 * Something about a burst that an operator wants to know.
 *
 * @param reason one word in camel case, as Events of Kubernetes have it
 */
public record BurstNews(String reason, String message) {}
