package io.freshet.azure.storage;

import com.azure.core.exception.HttpResponseException;
import io.freshet.azure.AzureCalls;
import io.freshet.failure.FailureCode;
import io.freshet.failure.FreshetException;
import io.freshet.failure.Permanent;

/** What storage's errors mean to the port. */
final class StorageErrors {
    /** There was no answer. */
    static final int UNKNOWN = -1;

    private static final int NOT_MODIFIED = 304;

    private StorageErrors() {}

    static boolean notFound(Throwable t) {
        return FreshetException.is(t, FailureCode.NOT_FOUND);
    }

    /** The container has to be created first; checking beforehand would cost a call at every write. */
    static boolean noContainer(Throwable t) {
        return t instanceof Permanent f && "ContainerNotFound".equals(AzureCalls.errorCode(f));
    }

    /** An If-None-Match that failed is a 409 (BlobAlreadyExists), an If-Match a 412. */
    static boolean conditionNotMet(Throwable t) {
        return FreshetException.is(t, FailureCode.CONFLICT) || FreshetException.is(t, FailureCode.PRECONDITION_FAILED);
    }

    static boolean notModified(Throwable t) {
        return t instanceof FreshetException f && status(f) == NOT_MODIFIED;
    }

    static boolean leased(Throwable t) {
        return FreshetException.is(t, FailureCode.CONFLICT) || FreshetException.is(t, FailureCode.PRECONDITION_FAILED);
    }

    static boolean goneOrNotOurs(Throwable t) {
        return notFound(t) || leased(t);
    }

    static int status(FreshetException failure) {
        return failure.getCause() instanceof HttpResponseException e && e.getResponse() != null
                ? e.getResponse().getStatusCode()
                : UNKNOWN;
    }
}
