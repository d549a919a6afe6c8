package io.freshet.harness.command;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Turns signals into one event; a second Ctrl-C is impatient. */
final class Interruption {
    /** One keypress may reach us more than once: from the terminal and through make. */
    private static final Duration SAME_KEYPRESS = Duration.ofMillis(500);

    private static final String INTERRUPT = "SIGINT";
    private static final Map<String, Integer> EXIT_CODES = Map.of("SIGHUP", 129, INTERRUPT, 130, "SIGTERM", 143);

    private final CompletableFuture<String> happened = new CompletableFuture<>();
    private final Runnable impatient;
    private long since;

    private Interruption(Runnable impatient) {
        this.impatient = impatient;
    }

    /** From now on signals are ours. */
    static Interruption watched(Runnable impatient) {
        Interruption interruption = new Interruption(impatient);
        List.of("INT", "TERM", "HUP").forEach(interruption::handle);
        ParentMake.watch(interruption::first);
        return interruption;
    }

    /** The signal, once there was one. */
    CompletableFuture<String> happened() {
        return happened;
    }

    static int exitCode(String signal) {
        return EXIT_CODES.getOrDefault(signal, 1);
    }

    private void signal(String name) {
        if (name.equals(INTERRUPT) && isAnotherKeypress()) {
            impatient.run();
        }
        first(name);
    }

    private synchronized boolean isAnotherKeypress() {
        return since != 0 && System.nanoTime() - since > SAME_KEYPRESS.toNanos();
    }

    private synchronized void first(String name) {
        if (since == 0) {
            since = System.nanoTime();
            happened.complete(name);
        }
    }

    /** By reflection: the only interface to signals that Java has is one that the compiler warns of. */
    private void handle(String name) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object ours = Proxy.newProxyInstance(
                    Interruption.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            Thread.ofPlatform().start(() -> signal("SIG" + name));
                        }
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), ours);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Signals cannot be handled", e);
        }
    }
}
