package io.freshet.event;

import java.util.List;
import java.util.Optional;

/** The form in which storage's events travel. */
public interface EventFormat {

    /**
     * Reads all that can be read: an unreadable event does not keep the others from counting.
     *
     * @throws io.freshet.failure.Permanent MALFORMED, if the text holds no readable event and is not an empty array; the
     *     text is not quoted
     */
    Events read(String text);

    /** The code that an endpoint has to return to prove that it wants events; empty for events of any other type. */
    Optional<String> validationCode(String text);

    /** The events as storage itself would send them; {@link #read} reads them back. */
    String write(List<BlobCreated> blobs);

    /**
     * The events in a text.
     *
     * @param others number of events of other types
     * @param unreadable number of events that lack a required field; never all of them
     */
    record Events(List<BlobCreated> blobs, int others, int unreadable) {
        public Events {
            blobs = List.copyOf(blobs);
        }
    }
}
