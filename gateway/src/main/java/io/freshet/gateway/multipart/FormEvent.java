package io.freshet.gateway.multipart;

import io.vertx.core.buffer.Buffer;

/** What a {@link FormReader} has come to. */
sealed interface FormEvent {

    record NeedsInput() implements FormEvent {}

    /** A part begins. */
    record PartBegins(PartHead head) implements FormEvent {}

    /** Bytes of the part. */
    record Content(Buffer bytes) implements FormEvent {}

    record PartEnds() implements FormEvent {}

    /** The form is over, and all that follows it. */
    record FormEnds() implements FormEvent {}
}
