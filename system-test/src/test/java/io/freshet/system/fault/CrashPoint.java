package io.freshet.system.fault;

import io.freshet.harness.fault.StorageRequest;
import io.freshet.system.cluster.TestedFreshet;

/**
 * A request at which something can go wrong. Polls make raw numbers unstable, so a request is known by who sends it,
 * what it does to what, and how often it has done so in this run. Only requests that change storage are points: between
 * two of them storage is the same, wherever a process dies.
 *
 * @param role module of the service
 * @param target names without what differs from run to run
 * @param occurrence 1-based
 */
public record CrashPoint(String role, String operation, String target, int occurrence) {

    /** What happens at a point. */
    public enum Mishap {
        /** The service is killed, and storage never sees the request. */
        KILLED_BEFORE,
        /** Storage does it, and the service is killed before it knows. */
        KILLED_AFTER,
        /** Storage does it; the service lives, and its connection is reset. */
        ANSWER_LOST,
        /** Storage fails, as often as the service repeats the request. */
        REFUSED;

        public boolean kills() {
            return this == KILLED_BEFORE || this == KILLED_AFTER;
        }
    }

    /** As often as a service repeats a request. */
    public static final int ATTEMPTS = 4;

    private static final int SENT_AT_ONCE = 3;

    /** The same for every run: folder, run, instance, key and queue prefix are left out. */
    public static String stable(StorageRequest request) {
        return request.target()
                .replaceFirst("^jobs/", "")
                .replaceFirst("^\\d{4}-\\d{2}/\\d{1,19}/", "{run}/")
                .replaceFirst("^steps/\\d{4}-\\d{2}/\\d{1,19}/", "{step}/")
                .replaceFirst("^(active|uploading)/.*", "$1/{run}")
                .replaceFirst("^(instances|waiting|remains)/.*", "$1/{instance}")
                .replaceFirst("^events/[^/]+/([^/]+)/.*", "events/{instance}/$1")
                .replaceFirst("^(input|output)/[^/]+/", "$1/{folder}/")
                .replaceFirst("^idempotency/.*", "idempotency/{key}");
    }

    public boolean isOf(StorageRequest request) {
        return request.operation().equals(operation)
                && TestedFreshet.moduleOf(request.service()).equals(role)
                && stable(request).equals(target);
    }

    /** Taking messages has an effect on storage only by its answer: without one there is nothing that could go wrong. */
    public boolean allows(Mishap mishap) {
        return !operation.equals("GetMessages") || mishap == Mishap.KILLED_AFTER || mishap == Mishap.ANSWER_LOST;
    }

    /** How many requests of this kind are refused before a call has failed; messages that are sent cannot be told apart. */
    public int refusals() {
        return operation.equals("PutMessage") ? SENT_AT_ONCE * ATTEMPTS : ATTEMPTS;
    }

    @Override
    public String toString() {
        return role + " " + operation + " " + target + " (" + occurrence + ")";
    }
}
