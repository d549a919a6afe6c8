package io.freshet.harness.fault;

import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a service holds in storage and what its death leaves behind: leases and hidden messages. */
public final class Holdings {
    private static final Pattern MESSAGE = Pattern.compile(
            "<MessageId>([^<]+)</MessageId>.*?<PopReceipt>([^<]+)<.*?<MessageText/?>([^<]*)<", Pattern.DOTALL);

    private final Set<String> leased = new TreeSet<>();
    private final Map<String, HeldMessage> messages = new LinkedHashMap<>();

    /** A message that is hidden for the service. */
    public record HeldMessage(String queue, String id, String popReceipt, String text) {}

    static boolean isEmpty(Answer answer) {
        return !MESSAGE.matcher(answer.text()).find();
    }

    /** The messages that a request has taken; none for one that takes no messages. */
    public static Set<HeldMessage> messagesOf(StorageRequest request, Answer answer) {
        Set<HeldMessage> taken = new LinkedHashSet<>();
        if (request.takesMessages() && answer.succeeded()) {
            Matcher message = MESSAGE.matcher(answer.text());
            while (message.find()) {
                taken.add(new HeldMessage(request.target(), message.group(1), message.group(2), message.group(3)));
            }
        }
        return taken;
    }

    /** Container and blob of each lease. */
    public synchronized Set<String> leasedBlobs() {
        return Set.copyOf(leased);
    }

    public synchronized Set<HeldMessage> messages() {
        return Set.copyOf(messages.values());
    }

    /** What was held is held no more: its owner is dead, and its time was made to be over. */
    public synchronized void clear() {
        leased.clear();
        messages.clear();
    }

    synchronized void observe(StorageRequest request, HttpServerRequest raw, Answer answer) {
        if (!answer.succeeded()) {
            return;
        }
        switch (request.operation()) {
            case "AcquireLease" -> leased.add(request.target());
            case "ReleaseLease", "BreakLease", "DeleteBlob" -> leased.remove(request.target());
            case "GetMessages" -> messagesOf(request, answer).forEach(taken -> messages.put(taken.id(), taken));
            case "UpdateMessage" -> update(messageId(raw), raw.getParam("visibilitytimeout"), answer);
            case "DeleteMessage" -> messages.remove(messageId(raw));
            default -> {
                // nothing is held by it
            }
        }
    }

    private void update(String id, String seconds, Answer answer) {
        if ("0".equals(seconds)) {
            messages.remove(id);
            return;
        }
        String receipt = answer.header("x-ms-popreceipt");
        messages.computeIfPresent(id, (same, held) -> new HeldMessage(held.queue(), id, receipt, held.text()));
    }

    /** Text of the message that a request deletes; null if it deletes none, or one that the service does not hold. */
    synchronized @Nullable String deletedBy(StorageRequest request, HttpServerRequest raw) {
        HeldMessage held = request.operation().equals("DeleteMessage") ? messages.get(messageId(raw)) : null;
        return held == null ? null : held.text();
    }

    private static String messageId(HttpServerRequest raw) {
        return raw.path().substring(raw.path().lastIndexOf('/') + 1);
    }
}
