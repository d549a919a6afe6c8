package io.freshet.harness.fault;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Decides what is done to each request, in the order in which they come. Called by several threads, so it blocks none. */
@FunctionalInterface
public interface FaultPlan {
    FaultPlan NONE = request -> Fault.NONE;

    Fault choose(StorageRequest request);

    /** The fault for the n-th (1-based) of the requests that match, and for no other one. */
    static FaultPlan nth(int n, Predicate<StorageRequest> which, Fault fault) {
        AtomicInteger seen = new AtomicInteger();
        return request -> which.test(request) && seen.incrementAndGet() == n ? fault : Fault.NONE;
    }

    /** The fault for the first so many requests that match. */
    static FaultPlan first(int times, Predicate<StorageRequest> which, Fault fault) {
        AtomicInteger seen = new AtomicInteger();
        return request -> which.test(request) && seen.incrementAndGet() <= times ? fault : Fault.NONE;
    }

    static FaultPlan always(Predicate<StorageRequest> which, Fault fault) {
        return request -> which.test(request) ? fault : Fault.NONE;
    }

    static Predicate<StorageRequest> operation(String name) {
        return request -> request.operation().equals(name);
    }
}
