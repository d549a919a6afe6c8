package io.freshet.gateway.access;

import io.freshet.storage.BlobStore;
import io.freshet.storage.BlobStore.Attributes;
import io.freshet.storage.BlobStore.Condition;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Tickets for links, which cannot send a header: each is valid for one path, one principal and a minute. They are signed
 * with a secret in storage, so that every gateway knows it; whoever can read it there can read all results anyway. To
 * revoke all tickets, delete that blob.
 */
@Singleton
final class Tickets {
    static final Duration VALIDITY = Duration.ofSeconds(60);
    static final String SECRET = "access/tickets";
    private static final Duration REMEMBERED = Duration.ofSeconds(60);
    private static final int SECRET_BYTES = 32;
    private static final String ALGORITHM = "HmacSHA256";
    private static final String DOT = ".";
    private static final int PARTS = 4;
    private static final Pattern NUMBER = Pattern.compile("\\d{1,12}");
    private static final String ADMIN = "a";
    private static final String OTHERS = "r";

    private final BlobStore blobs;
    private final Clock clock;
    private volatile @Nullable Known known;

    private record Known(byte[] secret, Instant until) {}

    /** Who may read what a ticket is for. */
    record Holder(String name, boolean isAdmin) {}

    Tickets(BlobStore blobs, Clock clock) {
        this.blobs = blobs;
        this.clock = clock;
    }

    /** @param path as it will be asked for, without its query */
    Uni<String> issue(String path, Holder holder) {
        long end = clock.instant().plus(VALIDITY).getEpochSecond();
        String said = end + DOT + (holder.isAdmin() ? ADMIN : OTHERS) + DOT + encoded(holder.name());
        return secret().map(secret -> said + DOT + signature(secret, path, said));
    }

    /** Empty for a ticket that is not ours, has expired, or is for another path. */
    Uni<Optional<Holder>> holder(String path, String ticket) {
        String[] parts = ticket.split("\\.", -1);
        if (parts.length != PARTS || !NUMBER.matcher(parts[0]).matches()) {
            return Uni.createFrom().item(Optional.empty());
        }
        String said = String.join(DOT, parts[0], parts[1], parts[2]);
        boolean isOver = clock.instant().getEpochSecond() > Long.parseLong(parts[0]);
        return secret().map(secret -> isSame(signature(secret, path, said), parts[3]) && !isOver
                ? Optional.of(new Holder(decoded(parts[2]), parts[1].equals(ADMIN)))
                : Optional.empty());
    }

    private Uni<byte[]> secret() {
        Known last = known;
        return last != null && clock.instant().isBefore(last.until())
                ? Uni.createFrom().item(last.secret())
                : blobs.read(SECRET)
                        .flatMap(found -> found.map(content -> Uni.createFrom().item(content.bytes()))
                                .orElseGet(this::create))
                        .invoke(secret ->
                                known = new Known(secret, clock.instant().plus(REMEMBERED)));
    }

    /** Whoever comes first decides. */
    private Uni<byte[]> create() {
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        return blobs.ensureContainer()
                .chain(() -> blobs.put(
                        SECRET,
                        List.of(ByteBuffer.wrap(secret)),
                        Attributes.ofType("application/octet-stream"),
                        Condition.IF_ABSENT))
                .chain(() -> blobs.read(SECRET))
                .map(found -> found.orElseThrow().bytes());
    }

    private static String signature(byte[] secret, String path, String said) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            return encoded(mac.doFinal((path + "\n" + said).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has " + ALGORITHM, e);
        }
    }

    private static boolean isSame(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static String encoded(String text) {
        return encoded(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Only of what was signed, so it can be decoded. */
    private static String decoded(String text) {
        return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
    }
}
