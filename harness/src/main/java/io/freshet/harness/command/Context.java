package io.freshet.harness.command;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** What a command works with. */
final class Context {
    private final Path root;
    private final RunDirectory directory;
    private final Screen screen;
    private final Settings settings;
    private final Endings endings;

    /** What is to be ended with the command, in the order in which it is. */
    static final class Endings {
        private final Deque<Runnable> all = new ArrayDeque<>();

        synchronized void first(Runnable ending) {
            all.addFirst(ending);
        }

        synchronized void run() {
            while (!all.isEmpty()) {
                all.removeFirst().run();
            }
        }
    }

    Context(Path root, RunDirectory directory, Screen screen, Settings settings) {
        this(root, directory, screen, settings, new Endings());
    }

    private Context(Path root, RunDirectory directory, Screen screen, Settings settings, Endings endings) {
        this.root = root;
        this.directory = directory;
        this.screen = screen;
        this.settings = settings;
        this.endings = endings;
    }

    /** The same with other settings. */
    Context with(Settings others) {
        return new Context(root, directory, screen, others, endings);
    }

    /** The directory that holds the modules. */
    Path root() {
        return root;
    }

    /** Where this run leaves its logs and results. */
    Path directory() {
        return directory.get();
    }

    Screen screen() {
        return screen;
    }

    Settings settings() {
        return settings;
    }

    /** What is begun last is ended first. */
    void atTheEnd(Runnable ending) {
        endings.first(ending);
    }

    /** Ends all that was begun, in order; once. */
    void end() {
        endings.run();
    }

    /** As the user would write it. */
    static String relative(Path file) {
        Path shown = Path.of("").toAbsolutePath().relativize(file.toAbsolutePath());
        return shown.toString().isEmpty() ? "." : shown.toString();
    }
}
