package io.freshet.message;

import io.freshet.instance.InstanceId;
import io.freshet.run.RunId;

/** Wakes the watcher (queue {@code control}). */
public sealed interface ControlMessage {

    /** The run was released, suspended, resumed, canceled, rerun or deleted: look at it. */
    record RunChanged(RunId run) implements ControlMessage {}

    /**
     * A worker has marked an item as failed.
     *
     * @param item 0-based
     */
    record ItemFailed(RunId run, int item, String reason) implements ControlMessage {}

    /** An instance was started, or changed by a client: look at it. */
    record InstanceChanged(InstanceId instance) implements ControlMessage {}

    /** Somebody has seen outputs of an instance's step: look into storage. */
    record OutputsSeen(InstanceId instance) implements ControlMessage {}

    /**
     * Somebody tries whether messages arrive.
     *
     * @param name of the probe that is removed then
     */
    record Probe(String name) implements ControlMessage {}
}
