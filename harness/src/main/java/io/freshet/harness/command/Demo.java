package io.freshet.harness.command;

import io.freshet.harness.Failure;
import io.freshet.harness.api.UnexpectedAnswer;
import io.freshet.harness.service.Packaging;
import org.jspecify.annotations.Nullable;

import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs one whole job as a client would, and checks every line of its result; then an orchestration, and checks its output. */
final class Demo {
    private static final int CAUSE_WAIT_MS = 300;

    private Demo() {}

    static void run(Context context) {
        Input input = Input.of(context.settings());
        if (context.settings().flag("KUBE")) {
            play(context, OnCluster.start(context), input);
        } else {
            run(context, Local.packaging(context.settings()), input);
        }
    }

    /** @param packaging whatever the environment says of it */
    static void run(Context context, Packaging packaging) {
        run(context, packaging, Input.of(context.settings()));
    }

    private static void run(Context context, Packaging packaging, Input input) {
        play(context, new Local(context, Local.Wish.passing(packaging)).start().running(), input);
    }

    private static void play(Context context, Running running, Input input) {
        CompletableFuture<@Nullable Void> acts = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                new JobDemo(context, running, input).run();
                // who has a file of his own wants to see what becomes of that
                if (input.isChecked()) {
                    new OrchestrationDemo(context, running.gateway()).run();
                }
                acts.complete(null);
            } catch (UncheckedIOException e) {
                acts.completeExceptionally(new Failure("The gateway did not answer (" + e.getCause() + ").", e));
            } catch (RuntimeException | Error e) {
                acts.completeExceptionally(e);
            }
        });
        await(acts, running.broken());
    }

    /** A service that dies shows first as a broken connection: the death is the better explanation. */
    private static void await(CompletableFuture<@Nullable Void> acts, CompletableFuture<@Nullable Void> broken) {
        CompletableFuture.anyOf(acts, broken).exceptionally(told -> null).join();
        if (acts.isDone() && !acts.isCompletedExceptionally()) {
            return;
        }
        try {
            broken.get(CAUSE_WAIT_MS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw failure(acts.exceptionNow());
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static RuntimeException failure(@Nullable Throwable cause) {
        if (cause instanceof Failure failure) {
            return failure;
        }
        return cause instanceof UnexpectedAnswer
                ? new Failure(String.valueOf(cause.getMessage()), cause)
                : new IllegalStateException(cause);
    }
}
