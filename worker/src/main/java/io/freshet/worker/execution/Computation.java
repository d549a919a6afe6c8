package io.freshet.worker.execution;

/**
 * What Freshet computes: lines in, lines out. Make a CDI bean of it and name it with
 * {@link io.smallrye.common.annotation.Identifier}; that name is the {@code handler} of a job.
 *
 * <p>Called once for each part, on a thread of the worker pool, where it may block. One bean serves several parts at
 * once, so it keeps no state between lines in fields. The same part may be computed again after a crash; only one
 * result is kept.
 */
public interface Computation {

    /**
     * Computes one part.
     *
     * @param lines the part's lines in order, without blank ones
     * @param results where output lines and rejected lines go, in the order of the input
     * @throws Exception the part failed; it is tried again, and given up after the configured number of attempts with
     *     the exception's message as its reason. A single bad line is no failure: reject it.
     */
    void compute(Lines lines, Results results) throws Exception;
}
