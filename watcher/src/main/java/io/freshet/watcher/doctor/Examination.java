package io.freshet.watcher.doctor;

import io.smallrye.mutiny.Multi;

/** Examines one part of an installation and leaves nothing behind. */
public interface Examination {

    /** What it examines, in a word or two. */
    String subject();

    /** Findings, one after the other. A failure becomes a finding, too, with a remedy by {@link Remedies}. */
    Multi<Finding> findings();

    /** Checks whether the watcher has the rights that bursts need, and whether KEDA scales workers. */
    interface OfCluster extends Examination {}
}
