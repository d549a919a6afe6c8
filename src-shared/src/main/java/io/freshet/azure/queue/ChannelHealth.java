package io.freshet.azure.queue;

import io.freshet.failure.FreshetException;
import org.jspecify.annotations.Nullable;

/** What is wrong with an incoming channel, if anything; written by the channel, read by health checks. */
final class ChannelHealth {
    /** Each poll has been tried several times already; fewer would flap. */
    static final int FAILED_POLLS = 3;

    private int failedPolls;
    private volatile @Nullable String notReady;
    private volatile @Nullable String dead;

    /** @return whether the channel had been unready */
    boolean pollSucceeded() {
        boolean wasUnready = notReady != null;
        failedPolls = 0;
        notReady = null;
        return wasUnready;
    }

    /** @return whether the channel has just become unready */
    boolean pollFailed(Throwable failure) {
        failedPolls++;
        if (failedPolls >= FAILED_POLLS) {
            notReady = failedPolls + " polls failed, the last: " + describe(failure);
        }
        return failedPolls == FAILED_POLLS;
    }

    void failed(Throwable failure) {
        dead = "a message failed and the failure strategy is 'fail': " + describe(failure);
    }

    /** Null if all is well. */
    @Nullable
    String unreadiness() {
        return dead == null ? notReady : dead;
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
