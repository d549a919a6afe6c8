package io.freshet.gateway.dashboard;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.gateway.dashboard.RunLookup.Snapshot;
import io.freshet.instance.RuntimeStatus;
import io.freshet.job.JobStatus;
import io.freshet.run.Items;
import io.freshet.run.Run;
import io.freshet.storage.InputSecrets;

/** What a user can tell a run to do now: true, or the reason why not. */
final class PossibleActions {
    private static final String HAS_ENDED = "It has ended.";

    private PossibleActions() {}

    static ObjectNode of(Snapshot snapshot) {
        String status = snapshot.instance()
                .map(instance -> status(instance.status()))
                .orElseGet(() -> snapshot.run()
                        .map(run -> JobStatus.of(run.state()).name())
                        .orElse(""));
        ObjectNode can = JsonNodeFactory.instance.objectNode();
        put(can, "suspend", suspend(status));
        put(can, "resume", status.equals("Suspended") ? "" : "Only what is suspended can be resumed.");
        put(can, "cancel", isOpen(status) ? "" : HAS_ENDED);
        put(can, "rerun", rerun(snapshot, status));
        put(can, "download", snapshot.run().map(run -> download(run, status)).orElse("There are no results yet."));
        put(can, "delete", snapshot.instance().isPresent() && isOpen(status) ? "Cancel it first." : "");
        return can;
    }

    /** In the words for jobs, because orchestrations are listed among them. */
    static String status(RuntimeStatus status) {
        return switch (status) {
            case COMPLETED -> "Complete";
            case TERMINATED, CANCELED -> "Canceled";
            case CONTINUED_AS_NEW -> "Running";
            default -> status.label();
        };
    }

    private static void put(ObjectNode can, String action, String whyNot) {
        if (whyNot.isEmpty()) {
            can.put(action, true);
        } else {
            can.put(action, whyNot);
        }
    }

    private static boolean isOpen(String status) {
        return switch (status) {
            case "Pending", "Running", "Suspended", "Finalizing" -> true;
            default -> false;
        };
    }

    private static String suspend(String status) {
        return switch (status) {
            case "Pending", "Running" -> "";
            case "Suspended" -> "It is suspended.";
            case "Finalizing" -> "All items are done; its results are being merged.";
            default -> HAS_ENDED;
        };
    }

    private static String rerun(Snapshot snapshot, String status) {
        if (isOpen(status)) {
            return "Failed items can be rerun when the run has ended.";
        }
        if (!status.equals("Failed") && !status.equals("CompleteWithErrors")) {
            return "No item has failed.";
        }
        return snapshot.run().filter(InputSecrets::isNeeded).isPresent()
                ? "Its input was read with a SAS, which is not kept: submit it again."
                : "";
    }

    private static String download(Run run, String status) {
        if (!(run.spec().items() instanceof Items.Parts)) {
            return "Its outputs are blobs: " + ((Items.Blobs) run.spec().items()).folder()
                    + "/ in the container of outputs.";
        }
        return switch (status) {
            case "Complete", "CompleteWithErrors" -> "";
            case "Failed", "Canceled" -> "It has no results.";
            default -> "The results are there when the run has ended.";
        };
    }
}
