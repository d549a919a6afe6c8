package io.freshet.storage;

import io.freshet.instance.InstanceId;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * Names of the blobs of instances in the jobs container. Texts from clients are percent-encoded; times sort as text.
 */
public final class InstanceFiles {
    static final String INSTANCES = "instances/";
    static final String WAITING = "waiting/";
    static final String REMAINS = "remains/";
    static final String LINES = "lines/";
    private static final String EVENTS = "events/";
    private static final int LONGEST_KEY = 300;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "yyyyMMdd'T'HHmmss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final int TIME_LENGTH = "20261127T183750.237460Z".length();

    private InstanceFiles() {}

    static String document(InstanceId id) {
        return INSTANCES + id.encoded();
    }

    static Optional<InstanceId> parseDocument(String name) {
        return InstanceId.decode(name.substring(INSTANCES.length()));
    }

    /** Folder of all events of an instance, with the slash. */
    static String events(InstanceId id) {
        return EVENTS + id.encoded() + "/";
    }

    /** Folder of the events of one name (case-insensitive), with the slash. */
    static String events(InstanceId id, String name) {
        String key = InstanceId.encode(name.toLowerCase(Locale.ROOT));
        return events(id) + (key.length() <= LONGEST_KEY ? key : sha256(key)) + "/";
    }

    static String time(Instant at) {
        return TIME.format(at);
    }

    /** Marker that an instance should be reconciled at a time. */
    static String waiting(Instant due, InstanceId id) {
        return WAITING + time(due) + "-" + id.encoded();
    }

    /** Sorts before the names of all markers of later times. */
    static String waitingUntil(Instant now) {
        return WAITING + time(now) + "~";
    }

    static Optional<InstanceId> parseWaiting(String name) {
        int begin = WAITING.length() + TIME_LENGTH + 1;
        return name.length() > begin ? InstanceId.decode(name.substring(begin)) : Optional.empty();
    }

    /**
     * Inputs streamed by a client, one per line.
     *
     * @param token of the execution they belong to
     */
    public static String lines(InstanceId id, String token) {
        return LINES + id.encoded() + "/" + token;
    }

    /** The instance and execution that lines belong to. */
    static Optional<LifeOf> parseLines(String name) {
        int end = name.lastIndexOf('/');
        return end <= LINES.length()
                ? Optional.empty()
                : InstanceId.decode(name.substring(LINES.length(), end))
                        .map(id -> new LifeOf(id, name.substring(end + 1)));
    }

    /** An execution of an instance, by its token. */
    record LifeOf(InstanceId id, String token) {}

    /** Note about what an instance has left behind. */
    static String remains(InstanceId id, int generation) {
        return REMAINS + id.encoded() + "/" + generation;
    }

    /** One of the instances of an id. */
    record GenerationOf(InstanceId id, int generation) {}

    static Optional<GenerationOf> parseRemains(String name) {
        int end = name.lastIndexOf('/');
        String generation = name.substring(end + 1);
        return end <= REMAINS.length() || !generation.matches("\\d{1,9}")
                ? Optional.empty()
                : InstanceId.decode(name.substring(REMAINS.length(), end))
                        .map(id -> new GenerationOf(id, Integer.parseInt(generation)));
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
