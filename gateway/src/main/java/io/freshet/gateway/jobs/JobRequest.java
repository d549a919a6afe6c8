package io.freshet.gateway.jobs;

import io.freshet.gateway.access.Caller;
import io.freshet.gateway.ingest.PartTable;
import io.freshet.gateway.ingest.SplitRules;
import io.freshet.run.Items;
import io.freshet.run.Items.RunInput;
import io.freshet.run.RunSpec;
import io.quarkus.runtime.util.HashUtil;
import org.jspecify.annotations.Nullable;

/**
 * A valid request for a job, without its input.
 *
 * @param query all parameters that were sent, in one order and one spelling
 * @param caller who sent it
 */
record JobRequest(
        String handler,
        int itemsPerPart,
        @Nullable String name,
        RunSpec.Placement placement,
        @Nullable String idempotencyKey,
        String query,
        Caller caller) {

    /** How the input is cut, and how large it may be. */
    SplitRules rules(JobsConfig config) {
        return new SplitRules(
                itemsPerPart,
                config.maxLineBytes(),
                config.maxParts(),
                config.maxInputBytes().asLongValue());
    }

    RunSpec spec(RunInput input, PartTable parts) {
        return new RunSpec(
                handler,
                new Items.Parts(input, itemsPerPart, parts.lines(), parts.bytes()),
                name,
                placement,
                idempotencyKey == null ? null : key(idempotencyKey),
                caller.name());
    }

    /** Every caller has keys of their own. */
    private String key(String text) {
        String owner = caller.name();
        return HashUtil.sha256(owner == null ? text : HashUtil.sha256(owner) + " " + text);
    }

    /** Tells this request from others under the same key, by its input and everything else it asks for. */
    String fingerprint(String input) {
        return HashUtil.sha256(input + "\n" + query);
    }
}
