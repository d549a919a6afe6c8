package io.freshet.instance;

/** A client requested an operation that the state of the instance does not allow. */
public final class IllegalOperation extends RuntimeException {
    private final RuntimeStatus status;

    public IllegalOperation(InstanceId id, RuntimeStatus status, String operation) {
        super("Instance " + id + " is " + status.label() + ": cannot " + operation + " it");
        this.status = status;
    }

    public RuntimeStatus status() {
        return status;
    }
}
