package io.freshet.instance;

import java.util.Arrays;
import java.util.Optional;

/** The states of an instance as clients of Durable Functions name and number them. */
public enum RuntimeStatus {
    RUNNING("Running", 0),
    COMPLETED("Completed", 1),
    /** Accepted in filters only: no orchestration continues as new. */
    CONTINUED_AS_NEW("ContinuedAsNew", 2),
    FAILED("Failed", 3),
    /** Accepted in filters only. */
    CANCELED("Canceled", 4),
    TERMINATED("Terminated", 5),
    PENDING("Pending", 6),
    SUSPENDED("Suspended", 7);

    private final String label;
    private final int number;

    RuntimeStatus(String label, int number) {
        this.label = label;
        this.number = number;
    }

    /** The name that clients see. */
    public String label() {
        return label;
    }

    public boolean isFinished() {
        return switch (this) {
            case COMPLETED, FAILED, CANCELED, TERMINATED -> true;
            case RUNNING, CONTINUED_AS_NEW, PENDING, SUSPENDED -> false;
        };
    }

    /** Reads a name, ignoring case, or a number. */
    public static Optional<RuntimeStatus> read(String text) {
        return Arrays.stream(values())
                .filter(status -> status.label.equalsIgnoreCase(text)
                        || Integer.toString(status.number).equals(text))
                .findFirst();
    }
}
