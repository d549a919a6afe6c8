package io.freshet.watcher.doctor;

import io.smallrye.mutiny.Multi;

/** Looks at one part of an installation. What it makes for that is gone afterwards. */
public interface Examination {

    /** What it looks at, in a word or two. */
    String subject();

    /** Found one after the other. A failure is a finding, too: {@link Remedies} says what to do. */
    Multi<Finding> findings();

    /** Whether the cluster lets the watcher do what bursts need, and whether KEDA scales workers. */
    interface OfCluster extends Examination {}
}
