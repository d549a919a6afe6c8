package io.freshet.gateway.orchestrations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.instance.RuntimeStatus;
import org.jspecify.annotations.Nullable;

/** Ends a request with an error in the original's form, which depends on the operation: an object, a string, or nothing. */
final class DurableError extends RuntimeException {
    static final String WENT_WRONG = "Something went wrong while processing your request";
    private static final String ARGUMENT = "System.ArgumentException";

    private final int status;
    private final transient @Nullable JsonNode body;

    private DurableError(int status, @Nullable JsonNode body) {
        super("HTTP " + status);
        this.status = status;
        this.body = body;
    }

    int status() {
        return status;
    }

    /** Null for an answer without a body. */
    @Nullable
    JsonNode body() {
        return body;
    }

    static DurableError bad(String message) {
        return new DurableError(400, message(message));
    }

    /** A refused start: the client for Python reads the text under its second name only. */
    static DurableError badStart(String message) {
        return new DurableError(
                400, message(message).put("ExceptionMessage", message).put("ExceptionType", ARGUMENT));
    }

    static DurableError tooLarge(String message) {
        return new DurableError(413, message(message));
    }

    static DurableError badText(String text) {
        return new DurableError(400, JsonNodeFactory.instance.textNode(text));
    }

    static DurableError unknown() {
        return new DurableError(404, null);
    }

    static DurableError finished() {
        return new DurableError(410, null);
    }

    static DurableError notYours(String id) {
        return new DurableError(
                403,
                message(
                        "The instance '" + id
                                + "' was not started by the caller: only the principal who started it, or an admin, may do this"));
    }

    static DurableError taken(RuntimeStatus status) {
        return new DurableError(409, message(alreadyExists(status)));
    }

    static DurableError takenByRestart(RuntimeStatus status) {
        return new DurableError(
                409,
                message("A non-terminal instance with this instance ID already exists.")
                        .put("ExceptionMessage", alreadyExists(status))
                        .put("ExceptionType", "DurableTask.Core.Exceptions.OrchestrationAlreadyExistsException"));
    }

    static DurableError nothingToRestart(String id) {
        return new DurableError(
                400,
                message("InstanceId does not match a valid orchestration instance.")
                        .put("ExceptionMessage", "No instance with ID '" + id + "' was found. (Parameter 'instanceId')")
                        .put("ExceptionType", ARGUMENT));
    }

    static DurableError nothingToRewind(String id) {
        String text = "No orchestration with instance ID \"$" + id + "\" found.";
        return new DurableError(404, JsonNodeFactory.instance.textNode(text));
    }

    static DurableError notToBeRewound(RuntimeStatus status) {
        String text = "This orchestration has status " + status.label()
                + ", but only orchestrations in the \"Failed\" state can be rewound.";
        return new DurableError(412, JsonNodeFactory.instance.textNode(text));
    }

    static DurableError notToBePurged(String id, RuntimeStatus status) {
        String text = "Only orchestrations in a terminal state can be purged, but the orchestration with instance ID "
                + id + " has status " + status.label();
        return new DurableError(412, JsonNodeFactory.instance.textNode(text));
    }

    static DurableError invalidJson(String why) {
        return new DurableError(
                400,
                message("Invalid JSON content")
                        .put("ExceptionMessage", why)
                        .put("ExceptionType", "Newtonsoft.Json.JsonReaderException"));
    }

    /** What the original answers with 500, although the request is to blame. */
    static DurableError wentWrong(String why, String type) {
        return new DurableError(
                400, message(WENT_WRONG).put("ExceptionMessage", why).put("ExceptionType", type));
    }

    private static String alreadyExists(RuntimeStatus status) {
        return "An Orchestration instance with the status " + status.label() + " already exists.";
    }

    static ObjectNode message(String message) {
        return JsonNodeFactory.instance.objectNode().put("Message", message);
    }
}
