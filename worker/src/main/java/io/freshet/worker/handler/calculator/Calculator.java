package io.freshet.worker.handler.calculator;

import io.freshet.worker.execution.Computation;
import io.freshet.worker.execution.Line;
import io.freshet.worker.execution.Lines;
import io.freshet.worker.execution.Results;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Adds, subtracts, multiplies or divides two numbers per line:
 * {@code {"id":"1","value1":3123,"value2":321311,"op":"+"}} becomes
 * {@code {"id":"1","value1":3123.0,"value2":321311.0,"op":"+","result":324434.0}}.
 * An operation may be a word as well: {@code add}, {@code subtract}, {@code times}, {@code divide}.
 * Lines that it cannot compute are rejected with a reason.
 */
@ApplicationScoped
@Identifier("calculator")
public final class Calculator implements Computation {

    @Override
    public void compute(Lines lines, Results results) throws InterruptedException {
        PlainLine plain = new PlainLine();
        OddLine odd = new OddLine();
        ResultLine result = new ResultLine();
        for (Line line = lines.next(); line != null; line = lines.next()) {
            String problem = plain.compute(line, result) ? null : odd.compute(line, result);
            if (problem == null) {
                results.write(result.bytes(), 0, result.length());
            } else {
                results.reject(line, problem);
            }
        }
    }
}
