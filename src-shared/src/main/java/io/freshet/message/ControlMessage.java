package io.freshet.message;

import io.freshet.instance.InstanceId;
import io.freshet.run.RunId;

/** Wakes the watcher (queue {@code control}). */
public sealed interface ControlMessage {

    /** The run was released, suspended, resumed, canceled, rerun or deleted, and should be reconciled. */
    record RunChanged(RunId run) implements ControlMessage {}

    /**
     * A worker has marked an item as failed.
     *
     * @param item 0-based
     */
    record ItemFailed(RunId run, int item, String reason) implements ControlMessage {}

    /** An instance was started or changed by a client, and should be reconciled. */
    record InstanceChanged(InstanceId instance) implements ControlMessage {}

    /** Outputs of an instance's step have been seen: storage should be checked. */
    record OutputsSeen(InstanceId instance) implements ControlMessage {}

    /**
     * A test whether messages arrive.
     *
     * @param name of the probe to remove on receipt
     */
    record Probe(String name) implements ControlMessage {}
}
