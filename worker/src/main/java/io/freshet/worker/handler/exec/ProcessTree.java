package io.freshet.worker.handler.exec;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** A program and its descendants, except those whose parent has ended already. */
final class ProcessTree {

    private final Process root;

    ProcessTree(Process root) {
        this.root = root;
    }

    /** Sends SIGTERM to all, and SIGKILL to those that remain after the grace period. */
    void kill(Duration grace) {
        List<ProcessHandle> members = members().toList();
        members.forEach(ProcessHandle::destroy);
        if (!haveEnded(members, grace)) {
            // including children started in the meantime
            Stream.concat(members.stream(), members.stream().flatMap(ProcessHandle::descendants))
                    .toList()
                    .forEach(ProcessHandle::destroyForcibly);
        }
    }

    private Stream<ProcessHandle> members() {
        return Stream.concat(root.descendants(), Stream.of(root.toHandle()));
    }

    private static boolean haveEnded(List<ProcessHandle> members, Duration grace) {
        CompletableFuture<?>[] ends =
                members.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(ends).get(grace.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
