package io.freshet.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** Gives out ports on the loopback, none of them twice, to this process or to another that runs these tests. */
public final class Ports {
    // below the ports that operating systems give to outgoing connections: those of a service that restarts stay its
    // own
    private static final int FIRST = 20_000;
    private static final int LAST = 32_000;
    // a locked byte for every port that is given; the locks end with the process, however it ends
    private static final FileChannel GIVEN = given();

    private Ports() {}

    public static int free() {
        return IntStream.generate(() -> ThreadLocalRandom.current().nextInt(FIRST, LAST))
                .filter(port -> take(port) && isFree(port))
                .findFirst()
                .orElseThrow();
    }

    private static boolean take(int port) {
        try {
            return GIVEN.tryLock(port, 1, false) != null;
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
        Path file =
                Path.of(System.getProperty("java.io.tmpdir"), "freshet-test-ports-" + System.getProperty("user.name"));
        try {
            return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException("No ports can be given out: " + file, e);
        }
    }
}
