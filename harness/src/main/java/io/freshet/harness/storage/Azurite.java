package io.freshet.harness.storage;

import io.freshet.harness.Checkout;
import io.freshet.harness.Failure;
import io.freshet.harness.process.Child;
import io.freshet.harness.process.Launch;
import io.freshet.harness.process.Ports;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A storage emulator of its own, on loopback ports. Tests that share one use own names in it. */
public final class Azurite implements AutoCloseable {
    /** The emulator's published development key: no secret. */
    public static final String KEY =
            "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    public static final String ACCOUNT = "devstoreaccount1";
    /** How many consecutive ports {@link #apart} needs. */
    public static final int PORTS = 3;

    private static final String LOOPBACK = "127.0.0.1";
    private static final List<String> IN_MEMORY = List.of("--inMemoryPersistence");
    private static final Duration START = Duration.ofMinutes(2);
    /** It saves what it has before it ends. */
    private static final Duration STOP = Duration.ofSeconds(30);

    private final int blobPort;
    private final int queuePort;
    private final List<Part> parts;
    private List<Child> processes = List.of();

    /** A process of the emulator, and where it answers. */
    private record Part(Launch launch, List<Integer> ports) {}

    private Azurite(int blobPort, int queuePort, List<Part> parts) {
        this.blobPort = blobPort;
        this.queuePort = queuePort;
        this.parts = parts;
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
        return whole(
                Ports.free(),
                Ports.free(),
                List.of("--inMemoryPersistence", "--cert", keyStore.toString(), "--pwd", password));
    }

    /** An emulator where a test expects it: at ports that nobody listened on before. */
    public static Azurite on(int blobPort, int queuePort) {
        return whole(blobPort, queuePort, IN_MEMORY);
    }

    /** An emulator that keeps what it has in a directory, so that {@link #restart} loses nothing. */
    public static Azurite onDisk(Path directory) {
        return whole(Ports.free(), Ports.free(), List.of("--location", directory.toString()));
    }

    /**
     * An emulator whose kinds of storage are processes of their own, because each keeps one core busy. Not started yet.
     *
     * @param firstPort of {@link #PORTS} consecutive ones: blob, queue, table
     * @param kinds {@code blob}, {@code queue}, {@code table}
     * @param logs directory for a log of each
     */
    public static Azurite apart(int firstPort, List<String> kinds, Path logs) {
        List<Part> parts = kinds.stream()
                .map(kind -> ofKind(
                        kind, firstPort + List.of("blob", "queue", "table").indexOf(kind), logs))
                .toList();
        return new Azurite(firstPort, firstPort + 1, parts);
    }

    private static Part ofKind(String kind, int port, Path logs) {
        String name = "azurite-" + kind;
        List<String> options = new ArrayList<>(IN_MEMORY);
        options.addAll(listener(kind, port));
        if (!kind.equals("table")) {
            options.addAll(List.of("--extentMemoryLimit", Long.toString(EmulatorMemory.mebibytes())));
        }
        List<String> command = command("dist/src/" + kind + "/main.js", options);
        return new Part(new Launch(name, command, logs.resolve(name + ".log")), List.of(port));
    }

    private static Azurite whole(int blobPort, int queuePort, List<String> more) {
        List<String> options = new ArrayList<>(more);
        options.addAll(listener("blob", blobPort));
        options.addAll(listener("queue", queuePort));
        options.addAll(listener("table", Ports.free()));
        Launch launch = new Launch("azurite", command("dist/src/azurite.js", options), Path.of("/dev/null"));
        Azurite azurite =
                new Azurite(blobPort, queuePort, List.of(new Part(launch.ending(STOP), List.of(blobPort, queuePort))));
        azurite.start();
        return azurite;
    }

    private static List<String> command(String main, List<String> options) {
        String given = System.getProperty("freshet.azurite");
        Path directory = given == null
                ? Checkout.root().resolve("tools/azurite")
                : Path.of(given).toAbsolutePath();
        Path script = directory.resolve("node_modules/azurite").resolve(main);
        if (!Files.exists(script)) {
            throw new Failure("Azurite is not installed: run `npm ci` in tools/azurite.");
        }
        List<String> command = new ArrayList<>(List.of("node", "--require"));
        command.addAll(List.of(directory.resolve("mends.cjs").toString(), script.toString()));
        command.addAll(List.of("--silent", "--disableTelemetry"));
        command.addAll(options);
        return command;
    }

    private static List<String> listener(String service, int port) {
        return List.of("--" + service + "Host", LOOPBACK, "--" + service + "Port", Integer.toString(port));
    }

    /** Starts it and returns when it answers. */
    public void start() {
        processes = parts.stream().map(part -> Child.start(part.launch())).toList();
        for (int i = 0; i < parts.size(); i++) {
            List<Integer> ports = parts.get(i).ports();
            processes.get(i).awaitReady(() -> ports.stream().allMatch(Azurite::answers), START);
        }
    }

    /** Ends the emulator and starts it again on the same ports. */
    public void restart() {
        close();
        start();
    }

    /** Its processes, while it runs. */
    public List<Child> processes() {
        return processes;
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

    /** Ends the emulator; everything in its memory is lost. */
    @Override
    public void close() {
        processes.forEach(Child::terminate);
        processes.forEach(Child::stop);
        processes = List.of();
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
    }
}
