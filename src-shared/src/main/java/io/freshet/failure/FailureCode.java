package io.freshet.failure;

/** Stable names of failures; used in logs, metrics and, in lower case, in problem types. */
public enum FailureCode {
    STORAGE_UNAVAILABLE,
    STORAGE_REFUSED,
    CONFLICT,
    NOT_FOUND,
    ADDRESS_REFUSED,
    HOST_NOT_ALLOWED,
    HOST_UNAVAILABLE,
    NOT_SUPPORTED,
    PRECONDITION_FAILED,
    MESSAGE_TOO_LARGE,
    MALFORMED,
    LINE_TOO_LONG,
    INPUT_TOO_LARGE,
    TOO_SLOW,
    UNSUPPORTED_FORMAT,
    COMPUTATION_FAILED,
    LEASE_LOST,
    OVERLOADED,
    EVENT_REFUSED,
    CLUSTER_UNAVAILABLE
}
