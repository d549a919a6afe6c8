package io.freshet.gateway.ingest;

import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What one file holds: lines, or gzip data of lines. Its first bytes tell, whatever it is called. Fails with
 * UNSUPPORTED_FORMAT if they tell of something else, and with MALFORMED if they are not what a header says.
 *
 * @param what the file in an answer's words, at the begin of a sentence
 */
public record Content(String what, Set<Trait> traits) implements Packing, ByContent.Choice {

    /** What is known of a file before its first byte. */
    public enum Trait {
        SAID_TO_BE_GZIP,
        WITHIN_GZIP,
        /** A byte order mark would stand within the input. */
        FOLLOWS_ANOTHER
    }

    @Override
    public Unpacking unpacking() {
        return new ByContent(this);
    }

    @Override
    public Unpacking choose(byte[] head) {
        Optional<Signature> signature = Signature.of(head);
        if (signature.filter(Signature.GZIP::equals).isPresent() && !traits.contains(Trait.WITHIN_GZIP)) {
            return new Piped(new GzipDecoder(), unpacked().unpacking());
        }
        signature.ifPresent(this::refuse);
        if (traits.contains(Trait.SAID_TO_BE_GZIP) && head.length > 0) {
            throw new Permanent(
                    FailureCode.MALFORMED,
                    what + " is not gzip data, but Content-Encoding says so: leave this header out, or pack the file");
        }
        return new PlainBytes(traits.contains(Trait.FOLLOWS_ANOTHER) ? Signature.markBytes(head) : 0);
    }

    private Content unpacked() {
        Set<Trait> within = EnumSet.of(Trait.WITHIN_GZIP);
        within.addAll(traits);
        within.remove(Trait.SAID_TO_BE_GZIP);
        return new Content(what, within);
    }

    /** Fails with UNSUPPORTED_FORMAT. */
    public void refuse(Signature signature) {
        boolean within = traits.contains(Trait.WITHIN_GZIP);
        String verb = within ? " is gzip data of " : " is ";
        String remedy = within && signature == Signature.GZIP ? "pack it once" : signature.remedy();
        throw new Permanent(FailureCode.UNSUPPORTED_FORMAT, what + verb + signature.described() + ": " + remedy);
    }
}
