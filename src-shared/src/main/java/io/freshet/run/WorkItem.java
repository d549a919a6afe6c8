package io.freshet.run;

/** One of the pieces that a run is computed in: what a worker claims, and what is done or fails as a whole. */
public sealed interface WorkItem permits Part, InputBlob {

    /** 0-based number among the run's items. */
    int item();
}
