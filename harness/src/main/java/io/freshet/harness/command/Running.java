package io.freshet.harness.command;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A Freshet that runs.
 *
 * @param gateway its URL
 * @param broken fails when something that is needed has died
 * @param killWorker kills one worker as a crash would; says which one before
 */
record Running(String gateway, CompletableFuture<@Nullable Void> broken, Consumer<Consumer<String>> killWorker) {}
