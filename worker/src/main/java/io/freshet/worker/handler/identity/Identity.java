package io.freshet.worker.handler.identity;

import io.freshet.worker.execution.Computation;
import io.freshet.worker.execution.Line;
import io.freshet.worker.execution.Lines;
import io.freshet.worker.execution.Results;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;

/** Each line unchanged: shows what the engine itself costs. */
@ApplicationScoped
@Identifier("identity")
public final class Identity implements Computation {

    @Override
    public void compute(Lines lines, Results results) throws InterruptedException {
        for (Line line = lines.next(); line != null; line = lines.next()) {
            results.write(line.buffer(), line.offset(), line.length());
        }
    }
}
