package io.freshet.gateway.ingest;

import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * How a file is coded: plain lines, or lines packed as gzip. Its first bytes decide, not its name. Fails with
 * UNSUPPORTED_FORMAT if they are those of anything else, and with MALFORMED if they contradict a header.
 *
 * @param what the file as an error message names it, at the start of a sentence
 */
public record ContentCoding(String what, Set<Trait> traits) implements Supplier<Decoder>, SniffingDecoder.Choice {
    private static final Set<String> IDENTITY = Set.of("", "identity");
    private static final Set<String> GZIP = Set.of("gzip", "x-gzip");

    /** What is known of a file before its first byte. */
    public enum Trait {
        DECLARED_GZIP,
        INSIDE_GZIP,
        /** A byte order mark would end up in the middle of the input. */
        APPENDED
    }

    /**
     * What a Content-Encoding header says of a body or a part. Fails with UNSUPPORTED_FORMAT for any coding but gzip and
     * identity.
     *
     * @param contentEncoding several headers are joined by commas
     */
    public static Set<Trait> declared(String contentEncoding) {
        List<String> codings = Arrays.stream(contentEncoding.split(","))
                .map(coding -> coding.strip().toLowerCase(Locale.ROOT))
                .filter(coding -> !IDENTITY.contains(coding))
                .toList();
        if (codings.isEmpty()) {
            return Set.of();
        }
        if (codings.size() == 1 && GZIP.contains(codings.getFirst())) {
            return Set.of(Trait.DECLARED_GZIP);
        }
        throw new Permanent(
                FailureCode.UNSUPPORTED_FORMAT,
                "Content-Encoding '" + contentEncoding + "' is not supported: send the lines as gzip (once), or plain");
    }

    /** A decoder for one file of this kind. */
    @Override
    public Decoder get() {
        return new SniffingDecoder(this);
    }

    @Override
    public Decoder choose(byte[] head) {
        Optional<Signature> signature = Signature.of(head);
        if (signature.filter(Signature.GZIP::equals).isPresent() && !traits.contains(Trait.INSIDE_GZIP)) {
            return new ChainedDecoder(new GzipDecoder(), unpacked().get());
        }
        signature.ifPresent(this::refuse);
        if (traits.contains(Trait.DECLARED_GZIP) && head.length > 0) {
            throw new Permanent(
                    FailureCode.MALFORMED,
                    what + " is not gzip data, but Content-Encoding says so: leave this header out, or pack the file");
        }
        return new IdentityDecoder(traits.contains(Trait.APPENDED) ? Signature.markBytes(head) : 0);
    }

    private ContentCoding unpacked() {
        Set<Trait> inside = EnumSet.of(Trait.INSIDE_GZIP);
        inside.addAll(traits);
        inside.remove(Trait.DECLARED_GZIP);
        return new ContentCoding(what, inside);
    }

    /** Fails with UNSUPPORTED_FORMAT. */
    public void refuse(Signature signature) {
        boolean inside = traits.contains(Trait.INSIDE_GZIP);
        String verb = inside ? " is gzip data of " : " is ";
        String remedy = inside && signature == Signature.GZIP ? "pack it once" : signature.remedy();
        throw new Permanent(FailureCode.UNSUPPORTED_FORMAT, what + verb + signature.described() + ": " + remedy);
    }
}
