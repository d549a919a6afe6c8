package io.freshet.gateway.jobs;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.util.Arrays;

/** The texts by which clients know a job's state. */
@Schema(description = "Where a job is in its life")
public enum JobStatus {
    Pending,
    Running,
    Suspended,
    Finalizing,
    Complete,
    CompleteWithErrors,
    Failed,
    Canceled;

    static boolean isOne(String text) {
        return Arrays.stream(values()).anyMatch(status -> status.name().equals(text));
    }
}
