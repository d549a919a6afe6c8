package io.freshet.run;

/** An operation was requested that the state of the run does not allow. */
public final class IllegalTransition extends RuntimeException {

    private final transient RunId id;
    private final transient RunState state;
    private final String operation;

    public IllegalTransition(RunId id, RunState from, String operation) {
        super("Run " + id + " is " + from.getClass().getSimpleName() + ": cannot " + operation + " it");
        this.id = id;
        this.state = from;
        this.operation = operation;
    }

    public RunId id() {
        return id;
    }

    public String from() {
        return state.getClass().getSimpleName();
    }

    public RunState state() {
        return state;
    }

    public String operation() {
        return operation;
    }
}
