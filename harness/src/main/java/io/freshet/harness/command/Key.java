package io.freshet.harness.command;

import io.freshet.harness.Failure;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A new key for the gateway.
 *
 * @param entry what it is known by in AUTHKEYS or AUTHKEYSFILE
 */
record Key(String key, String entry) {
    private static final int BYTES = 32;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    private static final Pattern RIGHTS = Pattern.compile("(read|submit|admin)(\\+(read|submit|admin))*");

    static void run(Context context) {
        Key made = of(
                context.settings().text("NAME").orElse(""),
                context.settings().text("RIGHTS").orElse("submit+read"));
        context.screen().line("Key     " + made.key + "   (give it to the caller; it is not stored anywhere)");
        context.screen().line("Entry   " + made.entry + "   (add it to AUTHKEYS, or as a line to AUTHKEYSFILE)");
    }

    static Key of(String name, String rights) {
        if (!NAME.matcher(name).matches()) {
            throw new Failure("NAME is '" + name
                    + "' but must be letters, digits, '.', '_' and '-', 63 at most, such as NAME=ci");
        }
        if (!RIGHTS.matcher(rights).matches()) {
            throw new Failure("RIGHTS is '" + rights
                    + "' but must be read, submit and admin with + between them, such as RIGHTS=submit+read");
        }
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        String key = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        return new Key(key, name + ":" + rights + ":" + HexFormat.of().formatHex(sha256(key)));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
