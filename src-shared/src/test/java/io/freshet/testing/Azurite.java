package io.freshet.testing;

import org.awaitility.Awaitility;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** A storage emulator of its own process, in memory, on free loopback ports. Tests that share one use own names in it. */
public final class Azurite implements AutoCloseable {
    /** The emulator's published development key: no secret. */
    public static final String KEY =
            "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    public static final String ACCOUNT = "devstoreaccount1";

    private final int blobPort;
    private final int queuePort;
    private final List<String> options;
    private Process process;

    private Azurite(int blobPort, int queuePort, List<String> options) {
        this.blobPort = blobPort;
        this.queuePort = queuePort;
        this.options = options;
        start();
    }

    /** The emulator of this JVM; ended with it. */
    public static Azurite shared() {
        return Shared.INSTANCE;
    }

    /** An emulator for one test alone, which may stop and restart it. */
    public static Azurite own() {
        return on(Ports.free(), Ports.free());
    }

    /** An emulator that speaks https only, with the key and the certificate of a PKCS #12 file. */
    public static Azurite secure(Path keyStore, String password) {
        List<String> options = List.of("--inMemoryPersistence", "--cert", keyStore.toString(), "--pwd", password);
        return new Azurite(Ports.free(), Ports.free(), options);
    }

    /** An emulator where a test expects it: at ports that nobody listened on before. */
    public static Azurite on(int blobPort, int queuePort) {
        return new Azurite(blobPort, queuePort, List.of("--inMemoryPersistence"));
    }

    /** An emulator that keeps what it has in a directory, so that {@link #restart} loses nothing. */
    public static Azurite onDisk(Path directory) {
        return new Azurite(Ports.free(), Ports.free(), List.of("--location", directory.toString()));
    }

    /** Ends the emulator and starts it again on the same ports. */
    public void restart() {
        close();
        start();
    }

    public int blobPort() {
        return blobPort;
    }

    public int queuePort() {
        return queuePort;
    }

    public String connectionString() {
        return connectionString(blobPort, queuePort);
    }

    /** Connection string by other ports, such as those of a proxy in front. */
    public static String connectionString(int blobPort, int queuePort) {
        return "DefaultEndpointsProtocol=http;AccountName=" + ACCOUNT + ";AccountKey=" + KEY
                + ";BlobEndpoint=http://127.0.0.1:" + blobPort + "/" + ACCOUNT + ";QueueEndpoint=http://127.0.0.1:"
                + queuePort + "/" + ACCOUNT + ";";
    }

    /** A name that no other test uses, valid for containers and queues. */
    public static String uniqueName(String prefix) {
        return prefix + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    public void start() {
        Path directory = Path.of(System.getProperty("freshet.azurite", "../tools/azurite"));
        Path script = directory.resolve("node_modules/azurite/dist/src/azurite.js");
        if (!Files.exists(script)) {
            throw new IllegalStateException("Azurite is not installed: run `npm ci` in tools/azurite, or `make test`");
        }
        try {
            process = new ProcessBuilder(command(directory.resolve("sweeping.cjs"), script))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> answers(blobPort) && answers(queuePort));
    }

    private List<String> command(Path mending, Path script) {
        List<String> command = new ArrayList<>(List.of("node", "--require", mending.toString(), script.toString()));
        command.addAll(List.of("--silent", "--disableTelemetry"));
        command.addAll(options);
        command.addAll(listener("blob", blobPort));
        command.addAll(listener("queue", queuePort));
        command.addAll(listener("table", Ports.free()));
        return command;
    }

    private static List<String> listener(String service, int port) {
        return List.of("--" + service + "Host", "127.0.0.1", "--" + service + "Port", Integer.toString(port));
    }

    /** Ends the emulator; everything in its memory is lost. */
    @Override
    public void close() {
        process.destroy();
        try {
            // it saves what it has before it ends
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static final class Shared {
        private static final Azurite INSTANCE = own();

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(INSTANCE::close));
        }
    }
}
