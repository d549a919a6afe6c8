package io.freshet.gateway.ingest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Time that passes when the test says so. */
final class ManualTime implements MinimumRate.Timers {
    private final List<Timer> timers = new ArrayList<>();
    private long now;
    private int fired;

    private record Timer(long due, Runnable task) {}

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public Runnable after(Duration delay, Runnable task) {
        Timer timer = new Timer(now + delay.toNanos(), task);
        timers.add(timer);
        return () -> timers.remove(timer);
    }

    void pass(Duration duration) {
        long end = now + duration.toNanos();
        for (Optional<Timer> next = next(end); next.isPresent(); next = next(end)) {
            timers.remove(next.get());
            now = next.get().due;
            fired++;
            next.get().task.run();
        }
        now = end;
    }

    /** How many tasks have had their time. */
    int fired() {
        return fired;
    }

    int pending() {
        return timers.size();
    }

    private Optional<Timer> next(long end) {
        return timers.stream().filter(timer -> timer.due <= end).min(Comparator.comparingLong(Timer::due));
    }
}
