package io.freshet.harness.command;

import io.freshet.harness.Checkout;
import io.freshet.harness.Failure;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Runs a Freshet on this machine: {@code up} keeps it running, {@code demo} puts one real job and one orchestration through
 * it, {@code train} makes AOT caches of them, {@code fuzz} tries a gateway by its OpenAPI document, {@code clients} runs the
 * published clients of Durable Functions, {@code bench} measures. {@code make help} lists the variables. Everything that is started here ends with
 * this process.
 */
public final class Main {
    private static final Map<String, Command> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put("up", Up::run);
        COMMANDS.put("demo", Demo::run);
        COMMANDS.put("train", Train::run);
        COMMANDS.put("fuzz", Fuzz::run);
        COMMANDS.put("clients", Clients::run);
        COMMANDS.put("bench", Benchmarks::run);
        COMMANDS.put("serve", Serve::run);
        COMMANDS.put("key", Key::run);
        COMMANDS.put("notice", Notice::run);
    }

    /** One of the commands; returns when it is done, and fails if it cannot do it. */
    @FunctionalInterface
    interface Command {
        void run(Context context) throws IOException;
    }

    private Main() {}

    public static void main(String... arguments) {
        // a reader that went away (`make up | head`) is no reason to stop: print streams take no notice
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        System.exit(run(arguments.length == 0 ? "" : arguments[0], out, System.err));
    }

    private static int run(String name, PrintStream out, PrintStream errors) {
        Command command = COMMANDS.get(name);
        if (command == null) {
            errors.println("Usage: freshet-harness.jar " + String.join("|", COMMANDS.keySet()));
            return 1;
        }
        try {
            return run(name, command, new Screen(out, InstantSource.system(), Terminal.columns()), errors);
        } catch (Failure e) {
            errors.println(e.getMessage());
            return 1;
        }
    }

    private static int run(String name, Command command, Screen screen, PrintStream errors) {
        Interruption interruption = Interruption.watched(() -> System.exit(Interruption.exitCode("SIGINT")));
        Path root = Checkout.root();
        Settings settings = new Settings(System.getenv());
        Context context = new Context(root, new RunDirectory(root, name), screen, settings);
        CompletableFuture<@Nullable Void> done = begin(command, context);
        try {
            CompletableFuture.anyOf(done, interruption.happened()).join();
        } catch (CompletionException e) {
            // told below
        }
        boolean interrupted = interruption.happened().isDone();
        screen.mute();
        context.end();
        if (interrupted) {
            String signal = interruption.happened().join();
            errors.println("Stopped (interrupted by " + signal + ").");
            return name.equals("up") ? 0 : Interruption.exitCode(signal);
        }
        return conclude(done, errors);
    }

    private static CompletableFuture<@Nullable Void> begin(Command command, Context context) {
        CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        Thread.ofPlatform().daemon().start(() -> {
            try {
                command.run(context);
                done.complete(null);
            } catch (IOException | RuntimeException | Error e) {
                done.completeExceptionally(e);
            }
        });
        return done;
    }

    private static int conclude(CompletableFuture<@Nullable Void> done, PrintStream errors) {
        if (!done.isCompletedExceptionally()) {
            return 0;
        }
        Throwable cause = done.exceptionNow();
        if (cause instanceof Failure) {
            errors.println(cause.getMessage());
        } else {
            cause.printStackTrace(errors);
        }
        return 1;
    }
}
