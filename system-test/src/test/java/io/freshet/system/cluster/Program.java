package io.freshet.system.cluster;

import io.freshet.testing.Patience;
import org.awaitility.Awaitility;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The program that the handler exec runs in scenarios. The lines of a part tell it what to do, so that a scenario
 * happens by condition and not by time: {@code wait:NAME} blocks until NAME is opened, {@code need:NAME} fails unless
 * it is open, {@code fill:NAME} writes 9 MiB. Every line comes back with an exclamation mark.
 */
public final class Program {
    private static final int FILL_LINES = 9_216;
    private static final String FILL = "0".repeat(1_023);

    private static final String SCRIPT = """
            cd "$(dirname "$0")" || exit 9
            while IFS= read -r line; do
              case "$line" in
                wait:*)
                  gate="${line#wait:}"
                  echo "$SERVICE_NAME" >> "$gate.began"
                  while [ ! -e "$gate.open" ] && [ ! -e all.open ]; do sleep 0.05; done ;;
                need:*)
                  gate="${line#need:}"
                  echo "$SERVICE_NAME" >> "$gate.began"
                  [ -e "$gate.open" ] || { echo "$gate is broken" >&2; exit 3; } ;;
                fill:*)
                  yes %s | head -n %d ;;
              esac
              printf '%%s!\\n' "$line"
            done
            """.formatted(FILL, FILL_LINES);

    private final Path directory;

    private Program(Path directory) {
        this.directory = directory;
    }

    public static Program in(Path parent) {
        Path directory = parent.resolve("program");
        try {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve("part.sh"), SCRIPT);
            return new Program(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String command() {
        return "sh '" + directory.resolve("part.sh") + "'";
    }

    /** Lets go on what waits for the name, and repairs what needs it. */
    public void open(String name) {
        touch(name + ".open");
    }

    /** Lets go on everything, for good: nobody needs this program any more. */
    public void openAll() {
        touch("all.open");
    }

    private void touch(String file) {
        try {
            Files.write(directory.resolve(file), new byte[0]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Which services have begun on the name, in order. */
    public List<String> began(String name) {
        try {
            Path file = directory.resolve(name + ".began");
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until so many attempts on the name have begun; gives the service of the last. */
    public String awaitBegan(String name, int attempts) {
        Awaitility.await("attempt " + attempts + " on " + name)
                .atMost(Patience.LIMIT)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> began(name).size() >= attempts);
        return began(name).get(attempts - 1);
    }

    /** What the program makes of lines, computed here. */
    public static byte[] results(List<String> lines) {
        StringBuilder results = new StringBuilder();
        for (String line : lines) {
            if (line.startsWith("fill:")) {
                results.repeat(FILL + "\n", FILL_LINES);
            }
            results.append(line).append("!\n");
        }
        return Text.bytes(results.toString());
    }

    /** Lines of parts of two lines each, of which the first one waits for {@code name-1}, {@code name-2} … */
    public static List<String> waitingParts(String name, int parts) {
        List<String> lines = new ArrayList<>();
        for (int i = 1; i <= parts; i++) {
            lines.addAll(List.of("wait:" + name + "-" + i, name + " line " + i));
        }
        return lines;
    }

    /**
     * Lets one of the waiting parts go on as soon as it has begun, and gives its number. Which parts begin first is
     * nobody's promise: who waits for a certain one waits for ever when others hold all workers.
     */
    public int openOneThatBegan(String name, int parts) {
        IntSupplier first = () -> IntStream.rangeClosed(1, parts)
                .filter(i -> !began(name + "-" + i).isEmpty())
                .findFirst()
                .orElse(0);
        Awaitility.await("a part of " + name + " has begun")
                .atMost(Patience.LIMIT)
                .until(() -> first.getAsInt() > 0);
        int part = first.getAsInt();
        open(name + "-" + part);
        return part;
    }

    public void openParts(String name, int parts) {
        Stream.iterate(1, i -> i <= parts, i -> i + 1).forEach(i -> open(name + "-" + i));
    }
}
