package io.freshet.harness.process;

import io.freshet.harness.Failure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** Gives out ports on the loopback, none of them twice, to this process or to another one of the harness. */
public final class Ports {
    // below the ports that operating systems give to outgoing connections: those of a service that restarts stay its
    // own
    private static final int FIRST = 20_000;
    private static final int LAST = 32_000;
    private static final int ATTEMPTS = 10_000;
    private static final int ANOTHER = 100;
    private static final Set<Integer> OURS = ConcurrentHashMap.newKeySet();
    // a locked byte for every port that is given; the locks end with the process, however it ends
    private static final FileChannel GIVEN = given();

    private Ports() {}

    public static int free() {
        return free(1);
    }

    /** The first of so many consecutive free ports. */
    public static int free(int count) {
        return IntStream.generate(() -> ThreadLocalRandom.current().nextInt(FIRST, LAST))
                .limit(ATTEMPTS)
                .filter(first -> consecutive(first, count).allMatch(port -> take(port) && isFree(port)))
                .findFirst()
                .orElseThrow(() -> new Failure("No free port found between " + FIRST + " and " + LAST + "."));
    }

    /**
     * So many consecutive ports, as a variable asks for; fails with its name if one is taken.
     *
     * @return the first
     */
    public static int wanted(String variable, int first, int count) {
        consecutive(first, count).forEach(port -> {
            if (!OURS.add(port) || !isFree(port)) {
                throw new Failure("Port " + port + " is taken: set " + variable + " to another port, e.g. " + variable
                        + "=" + (first + ANOTHER) + ".");
            }
        });
        return first;
    }

    private static IntStream consecutive(int first, int count) {
        return IntStream.range(first, first + count);
    }

    private static boolean take(int port) {
        try {
            return GIVEN.tryLock(port, 1, false) != null && OURS.add(port);
        } catch (OverlappingFileLockException ours) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // asks instead of listening: a child that is being started at this moment would hold the listening socket, too
    private static boolean isFree(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return !socket.isConnected();
        } catch (IOException refused) {
            return true;
        }
    }

    private static FileChannel given() {
        // the file of another user cannot be locked
        Path file = Path.of(System.getProperty("java.io.tmpdir"), "freshet-ports-" + System.getProperty("user.name"));
        try {
            return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException("No ports can be given out: " + file, e);
        }
    }
}
