package io.freshet.job;

import io.freshet.run.RunState;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** A job's state as clients know it: the names are what they read. */
@RegisterForReflection
public enum JobStatus {
    Pending,
    Running,
    Suspended,
    Finalizing,
    Complete,
    CompleteWithErrors,
    Failed,
    Canceled;

    public static JobStatus of(RunState state) {
        return switch (state) {
            case RunState.Pending s -> Pending;
            case RunState.Running s -> Running;
            case RunState.Suspended s -> Suspended;
            case RunState.Finalizing s -> Finalizing;
            case RunState.Completed s -> Complete;
            case RunState.CompletedWithErrors s -> CompleteWithErrors;
            case RunState.Failed s -> Failed;
            case RunState.Canceled s -> Canceled;
        };
    }

    public boolean hasEnded() {
        return switch (this) {
            case Pending, Running, Suspended, Finalizing -> false;
            case Complete, CompleteWithErrors, Failed, Canceled -> true;
        };
    }
}
