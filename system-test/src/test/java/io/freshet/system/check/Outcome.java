package io.freshet.system.check;

import io.freshet.harness.calculator.Calculations;

import java.util.List;

/**
 * What a job has to come to, computed by the scenario.
 *
 * @param results null for none
 * @param done parts with an output
 * @param failed numbers of the parts, from 1, that failed for good
 * @param rejected lines without a result, in order
 */
public record Outcome(
        String status, byte[] results, int done, List<Integer> failed, List<Calculations.Rejected> rejected) {

    public static Outcome complete(byte[] results, int parts) {
        return new Outcome("Complete", results, parts, List.of(), List.of());
    }

    public static Outcome of(Calculations calculations, int parts) {
        return new Outcome("Complete", calculations.results(), parts, List.of(), calculations.rejected());
    }

    public static Outcome completeWithErrors(byte[] results, int done, Integer... failed) {
        return new Outcome("CompleteWithErrors", results, done, List.of(failed), List.of());
    }

    public static Outcome failed(Integer... failed) {
        return new Outcome("Failed", null, 0, List.of(failed), List.of());
    }

    public static Outcome canceled(int done) {
        return new Outcome("Canceled", null, done, List.of(), List.of());
    }
}
