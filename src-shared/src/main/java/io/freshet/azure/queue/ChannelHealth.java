package io.freshet.azure.queue;

import io.freshet.failure.FreshetException;
import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** What is wrong with an incoming channel, if anything; written by the channel, read by health checks. */
final class ChannelHealth {
    /** Each poll has already been retried several times; with fewer, readiness would flap. */
    static final int FAILED_POLLS = 3;

    private final Map<String, Integer> failedPolls = new HashMap<>();
    private final Map<String, String> notReady = new ConcurrentSkipListMap<>();
    private int failedInARow;
    private volatile @Nullable String dead;

    /** @return whether the channel was not ready because of that queue */
    boolean pollSucceeded(String queue) {
        failedInARow = 0;
        failedPolls.remove(queue);
        return notReady.remove(queue) != null;
    }

    /** @return whether the channel has just become unready because of that queue */
    boolean pollFailed(String queue, Throwable failure) {
        failedInARow++;
        // if no queue responds, none of them has to fail that often by itself
        int failed = Math.max(failedPolls.merge(queue, 1, Integer::sum), failedInARow);
        return failed >= FAILED_POLLS
                && notReady.put(queue, failed + " polls failed, the last: " + describe(failure)) == null;
    }

    void failed(Throwable failure) {
        dead = "a message failed and the failure strategy is 'fail': " + describe(failure);
    }

    /** Null if all is well. */
    @Nullable
    String unreadiness() {
        return dead != null ? dead : notReady.values().stream().findFirst().orElse(null);
    }

    /** Null if all is well. */
    @Nullable
    String death() {
        return dead;
    }

    static String describe(Throwable failure) {
        String kind = failure instanceof FreshetException f
                ? f.code().name()
                : failure.getClass().getSimpleName();
        return failure.getMessage() == null ? kind : kind + ": " + failure.getMessage();
    }
}
