package io.freshet.gateway.ingest;

import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * Ends an upload whose client sends too slowly, on average over one window after the other, from its first byte on: every
 * upload in progress keeps memory and a connection from others. Only time spent waiting for bytes counts. All calls are
 * made on the upload's context.
 */
final class MinimumRate {
    static final int BYTES_PER_SECOND = 1 << 10;

    /** A window that is nearly over while nothing is read is not checked all the time. */
    private static final int CHECKS_PER_WINDOW = 30;

    private final Duration window;
    private final Timers timers;
    private final Consumer<Permanent> tooSlow;
    private @Nullable Runnable timer;
    private long bytes;
    private long waitedNanos;
    private long waitingSince;
    private boolean waiting = true;

    /** The time, and tasks to run later. */
    interface Timers {
        long nanoTime();

        /** Returns what cancels the task. */
        Runnable after(Duration delay, Runnable task);
    }

    /** @param window how long a client is watched before it can be too slow */
    record Watch(Duration window, Timers timers) {}

    MinimumRate(Watch watch, Consumer<Permanent> tooSlow) {
        this.window = watch.window();
        this.timers = watch.timers();
        this.tooSlow = tooSlow;
    }

    void received(int length) {
        bytes += length;
        if (timer == null) {
            begin();
        }
    }

    /** The client is not being read from now on. */
    void pause() {
        if (waiting) {
            waitedNanos += timers.nanoTime() - waitingSince;
            waiting = false;
        }
    }

    void resume() {
        if (!waiting) {
            waitingSince = timers.nanoTime();
            waiting = true;
        }
    }

    /** The client has sent everything, or is gone. */
    void stop() {
        if (timer != null) {
            timer.run();
        }
    }

    private void begin() {
        waitedNanos = 0;
        waitingSince = timers.nanoTime();
        timer = timers.after(window, this::check);
    }

    private void check() {
        long waited = waitedNanos + (waiting ? timers.nanoTime() - waitingSince : 0);
        Duration left = window.minusNanos(waited);
        if (left.isPositive()) {
            Duration pause = window.dividedBy(CHECKS_PER_WINDOW);
            timer = timers.after(left.compareTo(pause) > 0 ? left : pause, this::check);
        } else if (bytes < BYTES_PER_SECOND * window.toMillis() / 1_000) {
            tooSlow.accept(new Permanent(
                    FailureCode.TOO_SLOW,
                    "The upload was slower than " + BYTES_PER_SECOND + " bytes a second for " + window.toSeconds()
                            + " seconds: send it faster, or put it into a blob and send its inputUrl"));
        } else {
            bytes = 0;
            begin();
        }
    }
}
