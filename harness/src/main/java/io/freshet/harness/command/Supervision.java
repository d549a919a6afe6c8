package io.freshet.harness.command;

import io.freshet.harness.Failure;
import io.freshet.harness.process.Child;
import io.freshet.harness.service.Freshet;
import io.freshet.harness.service.Service;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Watches what runs: something that is needed must not die, and a worker that dies may be started again. */
final class Supervision {
    private static final Duration QUICK_DEATH = Duration.ofSeconds(10);
    private static final int QUICK_DEATHS = 5;
    private static final Executor A_SECOND_LATER = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);

    private final Screen screen;
    private final CompletableFuture<@Nullable Void> broken = new CompletableFuture<>();
    private final List<Service> workers;
    private final Map<Service, Integer> quickDeaths = new HashMap<>();
    private volatile boolean stopping;

    /** What becomes of a worker that dies. */
    enum Workers {
        STARTED_AGAIN,
        LOST
    }

    private Supervision(Freshet freshet, Screen screen) {
        this.screen = screen;
        this.workers = new ArrayList<>(freshet.services("worker"));
    }

    /** Of all that runs by now. */
    static Supervision of(Freshet freshet, Screen screen, Workers workers) {
        Supervision supervision = new Supervision(freshet, screen);
        freshet.azurite().processes().forEach(supervision::need);
        freshet.services("gateway").forEach(service -> supervision.need(service.process()));
        freshet.services("watcher").forEach(service -> supervision.need(service.process()));
        freshet.services("worker").forEach(worker -> supervision.watch(worker, workers));
        return supervision;
    }

    /** Fails when something that is needed has died. */
    CompletableFuture<@Nullable Void> broken() {
        return broken;
    }

    /** From now on nobody minds who ends. */
    void stopping() {
        stopping = true;
    }

    /** Kills one worker as a crash would; says which one before. */
    void killWorker(Consumer<String> told) {
        Service worker = workers.getFirst();
        told.accept(worker.name());
        worker.process().kill();
    }

    private void need(Child process) {
        process.ended().thenAccept(ended -> fail(ended, "unexpectedly"));
    }

    private void watch(Service worker, Workers what) {
        long started = System.nanoTime();
        worker.process().ended().thenAccept(ended -> {
            if (stopping) {
                return;
            }
            if (what == Workers.LOST) {
                lose(worker, ended);
            } else {
                startAgain(worker, ended, Duration.ofNanos(System.nanoTime() - started));
            }
        });
    }

    private synchronized void lose(Service worker, Child ended) {
        workers.remove(worker);
        if (workers.isEmpty()) {
            fail(ended, "as the last worker");
        } else {
            screen.line(worker.name() + " died (" + ended.end() + "); " + workers.size() + " left.");
        }
    }

    private synchronized void startAgain(Service worker, Child ended, Duration age) {
        int deaths = age.compareTo(QUICK_DEATH) < 0 ? quickDeaths.getOrDefault(worker, 0) + 1 : 0;
        quickDeaths.put(worker, deaths);
        if (deaths == QUICK_DEATHS) {
            fail(ended, "again and again");
            return;
        }
        screen.line(worker.name() + " died (" + ended.end() + "); it is started again.");
        A_SECOND_LATER.execute(() -> {
            if (!stopping) {
                worker.launch();
                watch(worker, Workers.STARTED_AGAIN);
            }
        });
    }

    private void fail(Child ended, String when) {
        if (!stopping) {
            Failure failure = ended.failure(when);
            broken.completeExceptionally(failure);
        }
    }
}
