package io.freshet.gateway.problem;

/** The catalogue of what can go wrong with a request. Types are stable: clients may rely on them. */
public enum ProblemType {
    BAD_PARAMETER("bad-parameter", "A parameter is not valid", 400),
    MALFORMED_BODY("malformed-body", "The request body cannot be read", 400),
    NO_INPUT("no-input", "The input is empty", 400),
    NO_FILE_PART("no-file-part", "The form has no file", 400),
    HOST_NOT_ALLOWED("host-not-allowed", "The input's host is not allowed", 400),
    UNREADABLE_INPUT("unreadable-input", "The input cannot be read", 400),
    NOT_AUTHENTICATED("not-authenticated", "The caller is not authenticated", 401),
    NOT_ALLOWED("not-allowed", "The caller may not do this", 403),
    JOB_NOT_FOUND("job-not-found", "There is no such job", 404),
    NOT_FOUND("not-found", "There is no such resource", 404),
    NO_RESULTS("no-results", "The job has no such results", 409),
    NOT_FINISHED("not-finished", "The results are not available yet", 409),
    ILLEGAL_STATE("illegal-state", "The job's state does not allow this", 409),
    PRECONDITION_FAILED("precondition-failed", "A condition of the request does not hold", 412),
    TOO_SLOW("too-slow", "The upload is too slow", 408),
    INPUT_TOO_LARGE("input-too-large", "The input is too large", 413),
    LINE_TOO_LONG("line-too-long", "A line is too long", 413),
    UNSUPPORTED_FORMAT("unsupported-format", "The input has an unsupported format", 415),
    RANGE_NOT_SATISFIABLE("range-not-satisfiable", "The range lies beyond the end", 416),
    IDEMPOTENCY_KEY_REUSED("idempotency-key-reused", "The idempotency key belongs to another request", 422),
    REFUSED("request-refused", "The request was refused", 400),
    INTERNAL("internal", "Internal error", 500),
    OVERLOADED("overloaded", "There are too many uploads now", 503),
    STORAGE_UNAVAILABLE("storage-unavailable", "Storage does not answer", 503),
    ISSUER_UNAVAILABLE("issuer-unavailable", "Tokens cannot be checked now", 503);

    private final String name;
    private final String title;
    private final int status;

    ProblemType(String name, String title, int status) {
        this.name = name;
        this.title = title;
        this.status = status;
    }

    public String urn() {
        return "urn:freshet:problem:" + name;
    }

    public String title() {
        return title;
    }

    public int status() {
        return status;
    }
}
